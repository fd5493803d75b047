import { BillingError, type Store } from "@tollgate/core";
import type { Pool } from "pg";
import { createSqlStore } from "../store/sql-store.js";
import { createOwnPostgresDriver } from "./own-postgres-driver.js";
import { createPostgresDriver, type PostgresOptions } from "./postgres-driver.js";

export type { PostgresOptions };

/**
 * Keeps billing state in your own Postgres (12 or newer), in the schemas `tollgate` and `tollgate_jobs`. The tables
 * create themselves; the README says which rights that takes, and which are enough once they are there.
 *
 * With a connection string it makes a pool of its own at the first call, and `billing.close()` ends it. Given your
 * own `pg` pool, it leaves that open: it is yours, and so are its limits on time (`connectionTimeoutMillis`,
 * `statement_timeout`). Idle connections of either keep no process alive (`allowExitOnIdle`).
 *
 * @param database A connection string, or a pool. @default the environment's DATABASE_URL
 * @throws BillingError `invalid_options` for what is neither; without any, at the first call
 * @example
 * const store = postgres("postgres://app:password@db.example.com:5432/app?sslmode=verify-full");
 * @example
 * const store = postgres(); // DATABASE_URL
 * @example
 * import { Pool } from "pg";
 * const store = postgres(new Pool({ connectionString: process.env.DATABASE_URL, max: 5 }));
 */
export function postgres(database?: Pool | string, options: PostgresOptions = {}): Store {
  if (isPool(database)) return createSqlStore(createPostgresDriver(database, options));
  return createSqlStore(createOwnPostgresDriver(readConnectionString(database), options));
}

function isPool(database: unknown): database is Pool {
  return typeof database === "object" && database !== null && "connect" in database && "query" in database;
}

function readConnectionString(given: unknown): string | undefined {
  // An empty variable is one that is not set.
  const text = given === undefined || given === "" ? process.env.DATABASE_URL : given;
  if (text === undefined || text === "") return undefined;
  if (typeof text === "string" && isConnectionString(text)) return text;
  const what = given === undefined || given === "" ? "DATABASE_URL" : "What `postgres` was given";
  // Without the text itself, because there may be a password in it.
  throw new BillingError(
    "invalid_options",
    `${what} is neither a pool of \`pg\` nor a connection string such as postgres://user:password@host:5432/database. Signs like # / ? % @ in a password are written percent-encoded: encodeURIComponent(password).`,
  );
}

function isConnectionString(text: string): boolean {
  if (!/^postgres(?:ql)?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password, pathname } = new URL(text);
  try {
    decodeURIComponent(`${username}${password}${pathname}`);
    return true;
  } catch {
    return false;
  }
}
