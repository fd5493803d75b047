import { missing } from "./stripe-error.js";
import type { Table } from "./world.js";

/** The row, or undefined; safe for ids that a request made up, such as "constructor". */
export const find = <T>(table: Table<T>, id: string | null | undefined): T | undefined =>
  typeof id === "string" && Object.hasOwn(table, id) ? table[id] : undefined;

/**
 * The row, or Stripe's `resource_missing`: a 404 when the address names it (`param` "id"), a 400 when a
 * parameter does.
 */
export const need = <T>(table: Table<T>, kind: string, id: string, param = "id"): T => {
  const row = find(table, id);
  if (row === undefined) throw missing(kind, id, param);
  return row;
};

/** The row that an address names, or a 404 that blames what Stripe calls that part of the address. */
export const needAt = <T>(table: Table<T>, kind: string, id: string, param: string): T => {
  const row = find(table, id);
  if (row === undefined) throw missing(kind, id, param, 404);
  return row;
};
