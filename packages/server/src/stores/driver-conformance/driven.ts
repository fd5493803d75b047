import type { SqlDriver } from "../driver/sql-driver.js";

/** What the tests get: the driver, and a table of their own with `id text PRIMARY KEY` and `number int`. */
export interface Driven {
  readonly driver: () => SqlDriver;
  readonly table: string;
}
