import { BillingError } from "@tollgate/core";
import type { SqlDriver } from "../driver/sql-driver.js";
import { createPostgresDriver, type PostgresOptions } from "./postgres-driver.js";

/** By default `pg` would wait for ever. In milliseconds. */
const connectMs = 10_000;

interface OwnPool {
  readonly driver: SqlDriver;
  end(): Promise<void>;
}

/**
 * Speaks to Postgres through our own pool, created at the first call and ended by `close`. Its idle connections don't
 * keep a process alive.
 *
 * @param connectionString `undefined` where there is none: builds load modules without a database.
 */
export function createOwnPostgresDriver(
  connectionString: string | undefined,
  options: PostgresOptions,
): SqlDriver {
  let opening: Promise<OwnPool> | undefined;
  let closed = false;

  async function open(): Promise<OwnPool> {
    if (connectionString === undefined) throw noDatabase();
    const { Pool } = await loadPg();
    const pool = new Pool({
      connectionString,
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    return { driver: createPostgresDriver(pool, options), end: () => pool.end() };
  }

  async function opened(): Promise<SqlDriver> {
    if (closed) throw new BillingError("store_unavailable", "The billing store was closed.");
    opening ??= open();
    const mine = opening;
    try {
      return (await mine).driver;
    } catch (error) {
      if (opening === mine) opening = undefined;
      throw error;
    }
  }

  return {
    query: async (...args) => (await opened()).query(...args),
    script: async (text) => (await opened()).script(text),
    transaction: async (work) => (await opened()).transaction(work),
    listen:
      options.listen === false
        ? undefined
        : async (channel, on) => {
            const { listen } = await opened();
            return listen === undefined ? async () => {} : listen(channel, on);
          },
    async close() {
      closed = true;
      const last = opening;
      opening = undefined;
      await (await last?.catch(() => undefined))?.end();
    },
  };
}

/** An optional peer, needed by those who keep their state in Postgres. */
async function loadPg(): Promise<Pick<typeof import("pg"), "Pool">> {
  try {
    const { default: pg } = await import("pg");
    return pg;
  } catch (cause) {
    throw new BillingError("invalid_options", "`postgres` needs the package `pg`: npm install pg", { cause });
  }
}

function noDatabase(): BillingError {
  return new BillingError(
    "invalid_options",
    "`postgres()` was given neither a connection string nor a pool, and DATABASE_URL is not set. Set it (postgres://user:password@host:5432/database), or use `pglite()`, which needs no server.",
    { publicMessage: "Billing has no database." },
  );
}
