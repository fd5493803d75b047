import type { PGlite, Transaction } from "@electric-sql/pglite";
import { allOrNothing } from "../driver/all-or-nothing.js";
import type { TellTurn } from "../driver/loops.js";
import type { SqlRunner, StoreDriver } from "../driver/sql-driver.js";
import { toStoreError } from "../driver/to-store-error.js";

/** How many statements and transactions there are between two clean-ups. */
const cleanUpEvery = 5_000;

export interface OpenPglite {
  readonly db: PGlite;
  close(): Promise<void>;
}

/**
 * Speaks to PGlite, opened at the first call. Its one session runs transactions one after another.
 *
 * @param open Calls its argument when the lock of the data folder is lost, and with `null` when it is held again.
 * @param shared Whether other stores of this process may use the same database. @default false
 * @param every How many statements there are between two clean-ups. @default 5000
 */
export function createPgliteDriver(
  open: (onLock: (error: unknown) => void) => Promise<OpenPglite>,
  shared = false,
  every = cleanUpEvery,
): StoreDriver {
  let done = 0;
  let tellTurn: TellTurn = () => {};
  let opening: Promise<OpenPglite> | undefined;
  let closing: Promise<void> | undefined;
  const opened = (): Promise<OpenPglite> => {
    if (closing) return Promise.reject(toStoreError(new Error("PGlite is closed")));
    opening ??= open((error) => tellTurn("folder_lock", error)).catch((error: unknown) => {
      // The next call may try again: whoever held the folder may be gone by then.
      opening = undefined;
      throw error;
    });
    return opening;
  };

  /**
   * Nothing in this Postgres cleans up by itself; what was updated and deleted would have to be skipped over for ever.
   */
  function cleanUp(db: PGlite): void {
    done += 1;
    // In its turn. It does no harm if it fails, or is cut off by closing.
    if (done % every === 0) db.exec("VACUUM").catch(() => undefined);
  }

  async function end(): Promise<void> {
    const open = await opening?.catch(() => undefined);
    await open?.close();
  }

  return {
    async query(text, params) {
      const { db } = await opened();
      return createRunner(db)
        .query<never>(text, params)
        .finally(() => cleanUp(db));
    },
    async script(text) {
      const { db } = await opened();
      await db.exec(text).catch(async (error: unknown) => {
        // A script that opened a transaction and failed in it would leave the only session stuck in it.
        await db.exec("ROLLBACK");
        throw toStoreError(error);
      });
    },
    async transaction(work) {
      const { db } = await opened();
      return db
        .transaction((tx) => allOrNothing(createRunner(tx), work))
        .catch(rethrow)
        .finally(() => cleanUp(db));
    },
    listen: shared ? async (channel, { message }) => (await opened()).db.listen(channel, message) : undefined,
    observeLoops(tell) {
      tellTurn = tell;
    },
    // Once, though two instances of an app that share a store both close it.
    close: () => (closing ??= end()),
  };
}

function createRunner(connection: PGlite | Transaction): SqlRunner {
  return {
    async query<Row extends object>(text: string, params: readonly unknown[] = []) {
      const { rows } = await connection.query<Row>(text, [...params]).catch(rethrow);
      return rows;
    },
    async script(text) {
      await connection.exec(text).catch(rethrow);
    },
  };
}

function rethrow(error: unknown): never {
  throw toStoreError(error);
}
