import type { Table } from "./hidden.js";
import { type Rows, rowsIn } from "./rows.js";

/** Rows in the order in which they came; the place of one that is gone stays empty. */
type Order<T> = { rows: Array<T | undefined>; places: Map<string, number> };

/** Beside the table, because it follows from it. */
const orders = new WeakMap<object, Order<unknown>>();

const orderOf = <T>(table: Table<T>): Order<T> => {
  const known = orders.get(table);
  // Only this file puts orders there, each for a table of the same rows.
  if (known) return known as Order<T>;
  const entries = Object.entries(table);
  return { rows: entries.map(([, row]) => row), places: new Map(entries.map(([id], place) => [id, place])) };
};

/** The ids of deleted rows and their places, which cursors may still name. */
export type GoneRows = readonly (readonly [id: string, place: number])[];

/** Where a table's deleted rows were. */
export const goneFrom = <T>(table: Table<T>): GoneRows => {
  const { rows, places } = orderOf(table);
  return [...places].filter(([, place]) => rows[place] === undefined);
};

const putBack = <T>(order: Order<T>, gone: GoneRows): Order<T> => {
  if (gone.length === 0) return order;
  const empty = new Map(gone.map(([id, place]) => [place, id]));
  const ids = [...order.places.keys()];
  const [rows, places]: [Order<T>["rows"], Order<T>["places"]] = [[], new Map(gone)];
  for (const id of ids) {
    while (empty.has(rows.length)) rows.push(undefined);
    places.set(id, rows.push(order.rows[order.places.get(id) ?? 0]) - 1);
  }
  for (const place of empty.keys()) rows.length = Math.max(rows.length, place + 1);
  return { rows, places };
};

/**
 * A table that knows the order of its rows, those that were deleted included, so that a page of a list costs the
 * same however much there is.
 */
export const createTable = <T>(rows: Table<T> = {}, gone: GoneRows = []): Table<T> => {
  const { rows: ordered, places } = putBack(orderOf(rows), gone);
  const table = new Proxy(rows, {
    set: (target, id, row) => {
      if (typeof id === "symbol") return false;
      const place = Object.hasOwn(target, id) ? places.get(id) : undefined;
      target[id] = row;
      if (place === undefined) places.set(id, ordered.push(row) - 1);
      else ordered[place] = row;
      return true;
    },
    deleteProperty: (target, id) => {
      const place = typeof id === "string" && Object.hasOwn(target, id) ? places.get(id) : undefined;
      if (place !== undefined) ordered[place] = undefined;
      return Reflect.deleteProperty(target, id);
    },
  });
  orders.set(table, { rows: ordered, places });
  return table;
};

/** Whether `createTable` made it. */
export const isTable = (value: unknown): value is Table<unknown> =>
  typeof value === "object" && value !== null && orders.has(value);

/** The same world with tables that are plain objects, which can be copied and written down; the rows are shared. */
export const withPlainTables = <W extends object>(world: W): W =>
  Object.fromEntries(
    Object.entries(world).map(([name, value]) => [name, isTable(value) ? { ...value } : value]),
  ) as W;

/** All rows, newest first, as Stripe lists them; only as many are looked at as are taken. */
export const newestFirst = <T>(table: Table<T>): Rows<T> => {
  const { rows, places } = orderOf(table);
  return rowsIn(rows, (id) => {
    const place = places.get(id);
    return place === undefined ? undefined : { older: place, newer: place + 1 };
  });
};

/** The rows from a place on, oldest first, with undefined where one is gone. */
export const entriesFrom = <T>(table: Table<T>, place: number): Array<T | undefined> =>
  orderOf(table).rows.slice(place);

/** Some rows of a table; what is in the table and not among them has its place too. */
export const newestOf = <T extends { id: string }>(table: Table<T>, some: readonly T[]): Rows<T> => {
  const { places } = orderOf(table);
  const placeOf = ({ id }: T): number => places.get(id) ?? 0;
  const rows = some.toSorted((left, right) => placeOf(left) - placeOf(right));
  return rowsIn(rows, (id) => {
    const place = places.get(id);
    if (place === undefined) return undefined;
    const older = rows.filter((row) => placeOf(row) < place).length;
    return { older, newer: rows[older]?.id === id ? older + 1 : older };
  });
};
