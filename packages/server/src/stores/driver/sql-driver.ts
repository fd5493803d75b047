import type { TellTurn } from "./loops.js";

/**
 * Runs statements. Parameters are `$1`, `$2`, …: texts, numbers, booleans, dates, arrays of texts and null; JSON is
 * passed as text with a `::jsonb` cast.
 *
 * What a row's values are: `boolean`, `int2`, `int4` and the floats as such; `json` and `jsonb` parsed, as by
 * `JSON.parse`; `text` and similar types as text. `int8` and `numeric` may come as text, a number or a bigint, and
 * `timestamptz` as a `Date` or as text: the store asks for times as JSON. No statement returns `void`, intervals, or
 * types that Postgres doesn't come with.
 *
 * @throws BillingError `store_unavailable` where the database is out of reach; anything else as the database reported
 * it, as an `Error` with the SQLSTATE as its `code`. `toStoreError` turns the latter into the former.
 */
export interface SqlRunner {
  /**
   * One statement; resolves to its rows.
   *
   * @param prepareAs A name for the text: a driver that can will have the database parse and plan it once per
   * connection. Others ignore it.
   */
  query<Row extends object>(
    text: string,
    params?: readonly unknown[],
    prepareAs?: string,
  ): Promise<readonly Row[]>;
  /** Several statements in one text, without parameters; either all are run or none. */
  script(text: string): Promise<void>;
}

/**
 * A connection to one Postgres, which is all that the Postgres store needs: `postgres(driver)`. There are drivers for a
 * pool of `pg`, for Drizzle, Kysely and Prisma; `describeDriverConformance` says whether another one keeps the promises
 * made here.
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
   * One transaction at READ COMMITTED on one connection, whatever the session's default: committed when `work`
   * resolves, rolled back when it rejects, and then rejecting with the same error. It also rolls back and rejects when
   * a statement failed but `work` resolves all the same: Postgres would answer COMMIT with ROLLBACK, and nobody would
   * know.
   *
   * Within `work` use only the given runner, and not after it is over: the driver's own methods take another
   * connection, which waits for ever where there is only one. There are no transactions within transactions: the runner
   * can't begin any.
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
          /** Called when nothing more will be heard. */
          lost(): void;
        },
      ) => Promise<() => Promise<void>>)
    | undefined;
  /** Ends what the driver opened, but nothing that it was given. */
  close(): Promise<void>;
}

/** What our own drivers can also be told and asked. */
export interface StoreDriver extends SqlDriver {
  /** Says whom to tell how its own background work is going. Absent where it has none. */
  readonly observeLoops?: ((tell: TellTurn) => void) | undefined;
  /** From now on each statement outside a transaction gets one of its own, at READ COMMITTED. */
  readonly isolateStatements?: (() => void) | undefined;
}
