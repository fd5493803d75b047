import type { Store } from "@tollgate/core";
import type { Pool } from "pg";
import { createPostgresDriver, type PostgresOptions } from "./postgres-driver.js";
import { createSqlStore } from "./sql-store.js";

export type { PostgresOptions };

/**
 * Keeps billing state in your own Postgres (12 or newer), through your own `pg` pool, in the schemas
 * `tollgate` and `tollgate_jobs`. The tables create themselves; the README says which rights that takes, and which
 * are enough once they are there. `close()` leaves the pool open: it is yours.
 * Limits on time are yours to set too: `connectionTimeoutMillis` and `statement_timeout` of the pool.
 *
 * @example
 * import { Pool } from "pg";
 * const store = postgres(new Pool({ connectionString: process.env.DATABASE_URL }));
 */
export function postgres(pool: Pool, options: PostgresOptions = {}): Store {
  return createSqlStore(createPostgresDriver(pool, options));
}
