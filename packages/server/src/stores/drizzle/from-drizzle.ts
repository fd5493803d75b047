import { BillingError } from "@tollgate/core";
import type { Pool } from "pg";
import type { SqlDriver } from "../driver/sql-driver.js";
import { createPostgresDriver, type PostgresOptions } from "../postgres/postgres-driver.js";

export type { PostgresOptions };

/** A Drizzle on a pool of `pg`, or on one that works the same way: it exposes its pool. */
export interface DrizzleOnPool {
  readonly $client: Pool;
}

/**
 * Billing on the pool that your Drizzle runs on: `postgres(fromDrizzle(db))`. It uses the pool itself, so everything is
 * as with `postgres(pool)`: statements prepared once per connection, LISTEN, no trace in Drizzle's log or cache. The
 * pool stays yours to end.
 *
 * @param db what `drizzle(…)` of `drizzle-orm/node-postgres` returns, with any schema
 * @param options as those of `postgres(pool)`
 * @throws BillingError `invalid_options` for a Drizzle on anything other than such a pool
 * @example
 * import { postgres } from "@tollgate/server/postgres";
 * import { drizzle } from "drizzle-orm/node-postgres";
 *
 * const db = drizzle(process.env.DATABASE_URL ?? "");
 * const store = postgres(fromDrizzle(db));
 */
export function fromDrizzle(db: DrizzleOnPool, options: PostgresOptions = {}): SqlDriver {
  const client: unknown = Object(db).$client;
  if (!isPool(client)) throw notOnPool(client);
  return createPostgresDriver(client, options);
}

/** Pools hand out connections and say how they are made; a single connection of `pg` does neither. */
function isPool(client: unknown): client is Pool {
  const { connect, query, options } = Object(client) as Partial<Pool>;
  return typeof connect === "function" && typeof query === "function" && typeof options === "object";
}

function notOnPool(client: unknown): BillingError {
  return new BillingError(
    "invalid_options",
    `\`fromDrizzle\` was given ${whatIs(client)}. Billing needs transactions on connections of their own, as a pool of \`pg\` gives them: make it with drizzle-orm/node-postgres, \`drizzle(new Pool({ connectionString }))\`, or leave your Drizzle as it is and give billing a pool or a connection string of its own: \`postgres("postgres://…")\`. On PGlite it is \`pglite(folder)\`.`,
  );
}

function whatIs(client: unknown): string {
  if (client === undefined) return "no Drizzle of a database, or one that does not say what it runs on";
  if (typeof client === "function")
    return "a Drizzle on postgres.js, Neon's HTTP or the like, and not on a pool of `pg`";
  const name = Object(client).constructor?.name;
  return `a Drizzle on ${typeof name === "string" && name !== "Object" ? `a \`${name}\`` : "something else"}, and not on a pool of \`pg\``;
}
