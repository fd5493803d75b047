import { BillingError } from "@tollgate/core";
import type { CompiledQuery, Kysely } from "kysely";
import type { Pool } from "pg";
import { allOrNothing } from "../driver/all-or-nothing.js";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import { toStoreError } from "../driver/to-store-error.js";
import { type BorrowedPool, listenThrough } from "../postgres/borrowed-pool.js";

/** What your Kysely can't do for billing. */
export type KyselyOptions = BorrowedPool;

const guarded = new WeakSet<Pool>();

/**
 * Billing on what your Kysely runs on: `postgres(fromKysely(db))`. Its plugins don't touch billing's statements; its
 * log sees them. The pool, and `db.destroy()`, stay yours.
 *
 * @param db a Kysely on Postgres, on several connections, with any tables
 * @throws BillingError `invalid_options` for another dialect, or a transaction
 * @example
 * import { postgres } from "@tollgate/server/postgres";
 * import { Kysely, PostgresDialect } from "kysely";
 *
 * const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
 * const store = postgres(fromKysely(db, { pool }));
 */
export function fromKysely<DB>(db: Kysely<DB>, options: KyselyOptions = {}): SqlDriver {
  refuseUnlessPostgres(db);
  // They may rename columns, even within JSON.
  const plain = db.withoutPlugins();
  if (options.pool !== undefined) guardConnections(options.pool);
  return {
    ...toRunner(plain),
    async transaction(work) {
      // Its own failure to roll back would replace the error that the work failed with.
      let failed: { readonly error: unknown } | undefined;
      const running = plain
        .transaction()
        .setIsolationLevel("read committed")
        .execute((tx) =>
          allOrNothing(toRunner(tx), work).catch((error: unknown) => {
            failed = { error };
            throw error;
          }),
        );
      return running.catch((error: unknown) => {
        throw failed === undefined ? toStoreError(error) : failed.error;
      });
    },
    listen: listenThrough(options),
    async close() {},
  };
}

/**
 * A connection that is lost between two statements of a transaction says so with an event, which Kysely does not listen
 * to.
 */
function guardConnections(pool: Pool): void {
  if (guarded.has(pool)) return;
  guarded.add(pool);
  // The next statement fails, and the pool drops the connection.
  pool.on("connect", (connection) => connection.on("error", () => undefined));
}

function toRunner<DB>(db: Pick<Kysely<DB>, "executeQuery">): SqlRunner {
  const run = (text: string, params: readonly unknown[] = []) =>
    db.executeQuery(toQuery(text, params)).catch((error: unknown) => {
      throw toStoreError(error);
    });
  return {
    async query<Row extends object>(text: string, params?: readonly unknown[]) {
      const { rows } = await run(text, params);
      return rows as readonly Row[];
    },
    async script(text) {
      await run(text);
    },
  };
}

/** What `CompiledQuery.raw` builds, without loading Kysely for it: the app may have another copy. */
function toQuery(sql: string, parameters: readonly unknown[]): CompiledQuery {
  const query = { kind: "RawNode", sqlFragments: [sql], parameters: [] } as const;
  return { sql, query, parameters, queryId: { queryId: "tollgate" } };
}

/** Of Kysely's own dialects only Postgres can do both, and third-party dialects for Postgres use its adapter. */
function refuseUnlessPostgres<DB>(db: Kysely<DB>): void {
  const adapter = typeof db?.getExecutor === "function" ? db.getExecutor().adapter : undefined;
  if (adapter === undefined) throw refusal("something that is no Kysely");
  if (!adapter.supportsReturning || !adapter.supportsTransactionalDdl) {
    throw refusal("a Kysely whose dialect is not that of Postgres");
  }
  if (db.isTransaction) throw refusal("a transaction, which ends before billing does");
}

function refusal(what: string): BillingError {
  return new BillingError(
    "invalid_options",
    `\`fromKysely\` was given ${what}. Give it the app's Kysely on Postgres, \`new Kysely({ dialect: new PostgresDialect({ pool }) })\`, or give billing a pool of \`pg\` or a connection string of its own: \`postgres("postgres://…")\`.`,
  );
}
