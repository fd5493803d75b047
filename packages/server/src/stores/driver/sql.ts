export { allOrNothing } from "./all-or-nothing.js";
export type { SqlDriver, SqlRunner } from "./sql-driver.js";
export { toStoreError } from "./to-store-error.js";
