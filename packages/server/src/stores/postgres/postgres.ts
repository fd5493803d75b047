import { BillingError, type Store } from "@tollgate/core";
import type { Pool } from "pg";
import type { SqlDriver } from "../driver/sql-driver.js";
import { createSqlStore } from "../store/sql-store.js";
import { createOwnPostgresDriver } from "./own-postgres-driver.js";
import { createPostgresDriver, type PostgresOptions } from "./postgres-driver.js";

export type { PostgresOptions };

/**
 * Keeps billing state in your own Postgres (12 or newer), in the schemas `tollgate` and `tollgate_jobs`. The tables
 * create themselves; the README says which rights that takes, and which are enough once they exist.
 *
 * With a connection string it creates its own pool at the first call, and `billing.close()` ends it. Given your own
 * `pg` pool, it leaves that open: it is yours, and so are its limits on time (`connectionTimeoutMillis`,
 * `statement_timeout`). Idle connections of either don't keep a process alive (`allowExitOnIdle`).
 *
 * A driver runs the statements through whatever the app already uses to speak to its Postgres: `fromDrizzle(db)`,
 * `fromKysely(db)`, `fromPrisma(client)`, or one of your own (`@tollgate/server/sql`).
 *
 * @param database A connection string, a pool, or a driver, whose options it was made with. @default the environment's
 * DATABASE_URL
 * @throws BillingError `invalid_options` for anything else; if there is none, at the first call
 * @example
 * const store = postgres("postgres://app:password@db.example.com:5432/app?sslmode=verify-full");
 * @example
 * const store = postgres(); // DATABASE_URL
 * @example
 * import { Pool } from "pg";
 * const store = postgres(new Pool({ connectionString: process.env.DATABASE_URL, max: 5 }));
 * @example
 * import { fromDrizzle } from "@tollgate/server/drizzle";
 * import { postgres } from "@tollgate/server/postgres";
 * import { drizzle } from "drizzle-orm/node-postgres";
 *
 * const store = postgres(fromDrizzle(drizzle(pool)));
 */
export function postgres(database?: Pool | string, options?: PostgresOptions): Store;
export function postgres(driver: SqlDriver): Store;
export function postgres(database?: Pool | string | SqlDriver, options: PostgresOptions = {}): Store {
  if (isDriver(database)) {
    refuseOptions(options);
    return createSqlStore(database);
  }
  if (isPool(database)) return createSqlStore(createPostgresDriver(database, options));
  return createSqlStore(createOwnPostgresDriver(readConnectionString(database), options));
}

function isDriver(database: unknown): database is SqlDriver {
  const methods = ["query", "script", "transaction", "close"];
  const given = Object(database) as Readonly<Record<string, unknown>>;
  return methods.every((name) => typeof given[name] === "function");
}

function refuseOptions(options: PostgresOptions): void {
  const [name] = Object.keys(options);
  if (name === undefined) return;
  throw new BillingError(
    "invalid_options",
    `\`postgres(driver)\` takes no options: \`${name}\` is for what the driver was made with, as in \`fromDrizzle(db, { ${name}: … })\`.`,
  );
}

function isPool(database: unknown): database is Pool {
  return typeof database === "object" && database !== null && "connect" in database && "query" in database;
}

function readConnectionString(given: unknown): string | undefined {
  // An empty variable counts as not set.
  const text = given === undefined || given === "" ? process.env.DATABASE_URL : given;
  if (text === undefined || text === "") return undefined;
  if (typeof text === "string" && isConnectionString(text)) return text;
  const what = given === undefined || given === "" ? "DATABASE_URL" : "What `postgres` was given";
  const handle = nameHandle(given);
  if (handle !== undefined) {
    throw new BillingError(
      "invalid_options",
      `\`postgres\` was given ${handle[0]} itself. Give it its driver: \`postgres(${handle[1]})\`.`,
    );
  }
  // Without the text itself, because there may be a password in it.
  throw new BillingError(
    "invalid_options",
    `${what} is neither a pool of \`pg\`, nor a driver such as \`fromDrizzle(db)\`, nor a connection string such as postgres://user:password@host:5432/database. Signs like # / ? % @ in a password are written percent-encoded: encodeURIComponent(password).`,
  );
}

/** What people may pass instead of a pool, recognised by what only it has; and the driver for it. */
function nameHandle(given: unknown): readonly [name: string, driver: string] | undefined {
  const has = (name: string) => typeof given === "object" && given !== null && name in given;
  if (has("getExecutor")) return ["a Kysely", "fromKysely(db)"];
  if (has("$queryRawUnsafe")) return ["a Prisma", "fromPrisma(client)"];
  return has("$client") ? ["a Drizzle", "fromDrizzle(db)"] : undefined;
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
