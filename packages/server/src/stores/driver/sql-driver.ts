import type { TellTurn } from "./loops.js";

/**
 * Runs statements. Parameters are `$1`, `$2`, …: texts, numbers, booleans, dates, arrays of texts and null; JSON goes in
 * as text with a `::jsonb` cast.
 *
 * What a row's values are: `boolean`, `int2`, `int4` and the floats as such; `json` and `jsonb` parsed, as `JSON.parse`
 * does; `text` and all that is like it as text. `int8` and `numeric` may come as text, a number or a bigint, and
 * `timestamptz` as a `Date` or as text: the store asks for times as JSON. No statement gives `void`, intervals, or types
 * that Postgres doesn't bring.
 *
 * @throws BillingError `store_unavailable` where the database is out of reach; all else as the database told it, as an
 * `Error` with the SQLSTATE as its `code`. `toStoreError` makes the one of the other.
 */
export interface SqlRunner {
  /**
   * One statement; resolves to its rows.
   *
   * @param prepareAs A name for the text: a driver that can has the database parse and plan it once per connection.
   * Others ignore it.
   */
  query<Row extends object>(
    text: string,
    params?: readonly unknown[],
    prepareAs?: string,
  ): Promise<readonly Row[]>;
  /** Several statements in one text, without parameters, of which all are done or none. */
  script(text: string): Promise<void>;
}

/**
 * A connection to one Postgres, which is all that the Postgres store needs: `postgres(driver)`. Those for a pool of
 * `pg`, for Drizzle, Kysely and Prisma are there; `describeDriverConformance` says whether another one keeps what is
 * promised here.
 *
 * @example
 * import { allOrNothing, type SqlDriver, type SqlRunner, toStoreError } from "@tollgate/server/sql";
 * import type { Client } from "pg";
 *
 * // One connection, for a script: whoever comes second waits. A server has a pool: `postgres(pool)`.
 * function fromClient(client: Client): SqlDriver {
 *   const refuse = (error: unknown) => {
 *     throw toStoreError(error);
 *   };
 *   const runner: SqlRunner = {
 *     async query<Row extends object>(text: string, params: readonly unknown[] = []) {
 *       const { rows } = await client.query<Row>(text, [...params]).catch(refuse);
 *       return rows;
 *     },
 *     async script(text) {
 *       await client.query(text).catch(refuse);
 *     },
 *   };
 *   let last: Promise<unknown> = Promise.resolve();
 *   function inTurn<T>(work: () => Promise<T>): Promise<T> {
 *     const mine = last.then(work);
 *     last = mine.catch(() => undefined);
 *     return mine;
 *   }
 *   return {
 *     query: (...args) => inTurn(() => runner.query(...args)),
 *     script: (text) => inTurn(() => runner.script(text)),
 *     transaction: (work) =>
 *       inTurn(async () => {
 *         await runner.script("BEGIN ISOLATION LEVEL READ COMMITTED");
 *         try {
 *           const result = await allOrNothing(runner, work);
 *           await runner.script("COMMIT");
 *           return result;
 *         } catch (error) {
 *           await client.query("ROLLBACK");
 *           throw error;
 *         }
 *       }),
 *     async close() {}, // the client is the app's
 *   };
 * }
 */
export interface SqlDriver extends SqlRunner {
  /**
   * One transaction at READ COMMITTED on one connection, whatever sessions begin with: committed when `work` resolves,
   * rolled back when it rejects, and then rejecting with the same error. It also rolls back and rejects when a
   * statement failed and `work` resolves all the same: Postgres would answer COMMIT with ROLLBACK, and nobody would know.
   *
   * Within `work` use the given runner only, and not once it is over: the driver's own methods take another connection,
   * which waits for ever where there is one. There are no transactions within transactions: the runner has none.
   */
  transaction<T>(work: (tx: SqlRunner) => Promise<T>): Promise<T>;
  /**
   * Hears what is sent to a channel (LISTEN), until the function that it resolves to is called or the connection is
   * lost. Rejects where it can't begin; it is called again later.
   *
   * Optional: without it, what other instances changed is seen after at most `accessMaxStaleSeconds`. What this one
   * changed is sent to those that listen in any case, and jobs and callbacks don't need it.
   */
  readonly listen?:
    | ((
        channel: string,
        on: {
          message(payload: string): void;
          /** Nothing is heard any more. */
          lost(): void;
        },
      ) => Promise<() => Promise<void>>)
    | undefined;
  /** Ends what the driver opened, and nothing that it was given. */
  close(): Promise<void>;
}

/** What drivers of our own are told and asked beside that. */
export interface StoreDriver extends SqlDriver {
  /** Says whom to tell how its own work in the background goes. Absent where it has none. */
  readonly observeLoops?: ((tell: TellTurn) => void) | undefined;
  /** From now on each statement outside a transaction gets one of its own, at READ COMMITTED. */
  readonly isolateStatements?: (() => void) | undefined;
}
