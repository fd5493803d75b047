import type { Rows } from "./rows.js";
import { entriesFrom, newestFirst, newestOf } from "./table.js";
import type { Table, World } from "./world.js";

/** A value → the ids of all rows that ever had it; `rows` and `changes` say how much was read so far. */
type Index = { rows: number; changes: number; ids: Map<string, Set<string>> };

/** The indexes by what they are of, and the ids of what has changed since they were begun. */
type Kept = { indexes: Map<string, Index>; changed: string[] };

/** Beside the world, because it follows from it. */
const kept = new WeakMap<World, Kept>();

/** After so many changes it is quicker to begin again. */
const mostChanges = 5000;
/** Of values that so many rows have, a page is found sooner by looking at the rows. */
const mostRows = 200;

/** Notes a row that changed; `touch` does it. */
export const noteValues = (world: World, id: string): void => {
  const own = kept.get(world);
  if (own && own.changed.push(id) > mostChanges) kept.delete(world);
};

const indexOf = (world: World, name: string): { index: Index; changed: string[] } => {
  const own = kept.get(world) ?? { indexes: new Map<string, Index>(), changed: [] };
  kept.set(world, own);
  const index = own.indexes.get(name) ?? { rows: 0, changes: own.changed.length, ids: new Map() };
  own.indexes.set(name, index);
  return { index, changed: own.changed };
};

/** By what a row is looked up: its kind and a value in it, which may be undefined. */
export type LookedUp<T> = { name: string; table: Table<T>; read: (row: T) => unknown };

/** Text as it is compared: whatever its case. */
const keyOf = (value: unknown): string => String(value).toLowerCase();

/**
 * The rows that may have a value, newest first: those that have it, and perhaps others. Only for values whose
 * changes are told by an event, or else by `touch`.
 */
export const rowsWith = <T extends { id: string }>(
  world: World,
  { name, table, read }: LookedUp<T>,
  value: unknown,
): Rows<T> => {
  const { index, changed } = indexOf(world, name);
  const add = (row: T): void => {
    const found = read(row);
    if (found === undefined || found === null) return;
    const ids = index.ids.get(keyOf(found));
    if (ids) ids.add(row.id);
    else index.ids.set(keyOf(found), new Set([row.id]));
  };
  const fresh = entriesFrom(table, index.rows);
  for (const row of fresh) if (row) add(row);
  index.rows += fresh.length;
  for (const id of changed.slice(index.changes)) {
    const row = Object.hasOwn(table, id) ? table[id] : undefined;
    if (row) add(row);
  }
  index.changes = changed.length;
  const ids = index.ids.get(keyOf(value)) ?? new Set();
  if (ids.size > mostRows) return newestFirst(table);
  return newestOf(
    table,
    [...ids].flatMap((id) => (Object.hasOwn(table, id) ? (table[id] ?? []) : [])),
  );
};
