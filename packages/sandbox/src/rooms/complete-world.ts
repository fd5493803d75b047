import { platformAccount } from "../engine/accounts/platform-account.js";
import { type Chaos, createChaos } from "../engine/world/chaos.js";
import { createTable, type GoneRows, goneFrom, isTable } from "../engine/world/table.js";
import type { Table, World } from "../engine/world/world.js";
import { fillRows, isHash } from "./fill-rows.js";

/**
 * What was kept, with the beginning's value for each key that it lacks, at any depth; a table begins empty, so
 * its rows are left alone.
 */
const complete = <T extends object>(kept: Partial<T>, beginning: T): T => {
  const whole: Record<string, unknown> = { ...kept };
  for (const [key, value] of Object.entries(beginning)) {
    const has = whole[key];
    if (has === undefined) whole[key] = value;
    else if (isHash(value) && isHash(has)) whole[key] = complete(has, value);
  }
  return whole as T;
};

const completeChaos = (chaos: Chaos): Chaos => complete(chaos, createChaos({ seed: chaos.seed }));

/** Where rows were that have been deleted, by the name of their table. */
export type GoneTables = Record<string, GoneRows>;

/** Where a world's deleted rows were. */
export const goneTables = (world: World): GoneTables =>
  Object.fromEntries(
    Object.entries<unknown>({ ...world }).flatMap(([name, table]) => {
      const gone = isTable(table) ? goneFrom(table) : [];
      return gone.length > 0 ? [[name, gone]] : [];
    }),
  );

/** Lets the tables know the order of their rows again, and of those that are gone. */
const orderRows = (world: Record<string, unknown>, beginning: World, gone: GoneTables): void => {
  for (const [name, table] of Object.entries(beginning))
    if (isTable(table)) world[name] = createTable(world[name] as Table<unknown>, gone[name]);
};

/**
 * The world that an earlier version kept, as this version would have: what it lacks is as in a world that has
 * just begun.
 */
export const completeWorld = (kept: Partial<World>, beginning: World, gone: GoneTables = {}): World => {
  const world = complete(kept, beginning);
  const { chaos, accounts } = world;
  if (chaos.everywhere) chaos.everywhere = completeChaos(chaos.everywhere);
  for (const [id, own] of Object.entries(chaos.at)) chaos.at[id] = completeChaos(own);
  for (const [id, account] of Object.entries(accounts))
    accounts[id] = complete(account, { ...platformAccount(account.created as number), id });
  fillRows(world);
  orderRows(world, beginning, gone);
  return world;
};
