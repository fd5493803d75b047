import type { SqlRunner } from "../../driver/sql-driver.js";

/** One step of the schema. What a released step did never changes; what comes next is a separate step. */
export interface Migration {
  /** Recorded in `tollgate.migrations`. */
  readonly id: string;
  apply(tx: SqlRunner): Promise<void>;
}
