import type { Client, Pool, PoolClient } from "pg";
import { allOrNothing } from "../driver/all-or-nothing.js";
import type { DatabaseAddress } from "../driver/explain-connection.js";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import { toStoreError } from "../driver/to-store-error.js";
import { createPostgresListen, type ListenOption } from "./postgres-listen.js";
import { ownTypes } from "./postgres-types.js";

/** A pool's idle connections report their loss as an event that ends the process if nobody listens. */
const guardedPools = new WeakSet<Pool>();

/** How `postgres` speaks to the database. */
export interface PostgresOptions {
  /**
   * Whether this instance hears at once what others changed, on one more connection beside the pool's, made
   * with the pool's options. A pooler in transaction mode (PgBouncer, Supavisor, Neon's `-pooler` host) can't
   * pass that on: give the connection string of the database itself, or `false`. Without it, what others
   * changed is seen after at most `accessMaxStaleSeconds`.
   * @default true
   */
  readonly listen?: ListenOption;
  /**
   * Whether the statements of the hot paths are parsed and planned once per connection. A pooler in transaction
   * mode that does not know prepared statements (PgBouncer before 1.21, or with `max_prepared_statements = 0`)
   * needs `false`: it answers `prepared statement … does not exist` otherwise.
   * @default true
   */
  readonly preparedStatements?: boolean;
}

/** Speaks to Postgres through the app's own pool. */
export function createPostgresDriver(
  pool: Pool,
  { listen = true, preparedStatements = true }: PostgresOptions = {},
): SqlDriver {
  guardPool(pool);
  const rethrow: Rethrow = (error) => {
    throw toStoreError(error, addressOf(pool));
  };
  const alone = createRunner(pool, preparedStatements, rethrow);
  return {
    ...alone,
    async transaction(work) {
      const client = await pool.connect().catch(rethrow);
      return runTransaction(client, createRunner(client, preparedStatements, rethrow), work);
    },
    listen: createPostgresListen(pool, listen),
    async close() {},
  };
}

/** Keeps the pool from keeping a process alive, or ending one. */
export function guardPool(pool: Pool): void {
  if (guardedPools.has(pool)) return;
  guardedPools.add(pool);
  // Our polls use idle connections over and over, so that they would never time out and let the process end.
  pool.options.allowExitOnIdle = true;
  // The pool has already dropped the connection; the next query opens a new one.
  pool.on("error", () => undefined);
}

async function runTransaction<T>(
  client: PoolClient,
  tx: SqlRunner,
  work: (tx: SqlRunner) => Promise<T>,
): Promise<T> {
  let lost: Error | undefined;
  const onError = (error: Error) => {
    lost = error;
  };
  client.on("error", onError);
  try {
    await tx.script("BEGIN ISOLATION LEVEL READ COMMITTED");
    const result = await allOrNothing(tx, work);
    await tx.script("COMMIT");
    return result;
  } catch (error) {
    // A connection that can't roll back is of no further use: the pool drops it, the server rolls back.
    await client.query("ROLLBACK").catch((failure: Error) => {
      lost = failure;
    });
    throw error;
  } finally {
    client.off("error", onError);
    client.release(lost);
  }
}

type Rethrow = (error: unknown) => never;

function createRunner(connection: Pick<PoolClient, "query">, prepared: boolean, rethrow: Rethrow): SqlRunner {
  return {
    async query<Row extends object>(text: string, params: readonly unknown[] = [], name?: string) {
      const values = [...params];
      const named = prepared && name !== undefined ? { name } : {};
      const statement = { text, values, types: ownTypes, ...named };
      const { rows } = await connection.query<Row>(statement).catch(rethrow);
      return rows;
    },
    async script(text) {
      await connection.query(text).catch(rethrow);
    },
  };
}

/** Where the pool's connections lead, as a new one would find out from the options and the environment. */
function addressOf(pool: Pool): DatabaseAddress | null {
  // `pg-pool` makes its clients with this class, which reads its options and does nothing before `connect`.
  const { Client: Connection } = pool as Pool & { readonly Client?: new (config: object) => Client };
  if (Connection === undefined) return null;
  try {
    const { host, port, database = "", user = "" } = new Connection(pool.options);
    return typeof host === "string" ? { host, port, database, user } : null;
  } catch {
    return null;
  }
}
