import type { World } from "../engine/world/world.js";
import { beginnings } from "./generated/beginnings.js";

const { nodes } = beginnings;

/** Whether it is an object with keys of its own, and no list. */
export const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const fill = (value: unknown, place: number | undefined): void => {
  const node = place === undefined ? undefined : nodes[place];
  if (!node) return;
  if (Array.isArray(value)) for (const item of value) fill(item, node.each);
  if (!isHash(value)) return;
  for (const [name, part] of Object.entries(node.in ?? {})) {
    const { is } = nodes[part] ?? {};
    if (value[name] === undefined && is !== undefined) value[name] = structuredClone(is);
    fill(value[name], part);
  }
};

const fillTables = (tables: object, places: Record<string, number>): void => {
  for (const [name, rows] of Object.entries(tables))
    if (isHash(rows)) for (const row of Object.values(rows)) fill(row, places[name]);
};

/** An earlier version noted one charge for an item. */
const listCharges = (billed: World["hidden"]["billed"]): void => {
  for (const [item, row] of Object.entries(billed)) billed[item] = [row].flat();
};

/** Gives the rows of every table the fields that they lack, as if nothing had been put there yet. */
export const fillRows = (world: World): void => {
  for (const endpoint of Object.values(world.hidden.endpoints)) endpoint.hears ??= "own";
  listCharges(world.hidden.billed);
  fillTables(world, beginnings.shown);
  fillTables(world.hidden, beginnings.hidden);
};
