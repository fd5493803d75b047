import type { SqlDriver, SqlRunner } from "../src/stores/driver/sql-driver.js";
import { toStoreError } from "../src/stores/driver/to-store-error.js";

/** Counts the statements of a store, and has the database go away at one of them. */
export interface Watch {
  /** Statements since `start`; a transaction's begin and commit count as one each. */
  count(): number;
  /** Counts from now on; nothing fails. */
  start(): void;
  /**
   * Counts from now on, and fails at the n-th statement: `before` it ran, or `after` it, its answer lost. With
   * `forGood` every later one fails too, until the next `start`.
   */
  failAt(n: number, when: "before" | "after", forGood: boolean): void;
  readonly wrap: (driver: SqlDriver) => SqlDriver;
}

export function watchDriver(): Watch {
  let count = 0;
  let fault: { n: number; when: "before" | "after"; forGood: boolean } | null = null;

  async function watched<T>(run: () => Promise<T>): Promise<T> {
    count += 1;
    const mine = count;
    if (fault !== null && (mine === fault.n ? fault.when === "before" : fault.forGood && mine > fault.n)) {
      throw gone();
    }
    const result = await run();
    if (fault !== null && mine === fault.n) throw gone();
    return result;
  }

  const watchRunner = (sql: SqlRunner): SqlRunner => ({
    query: (...args: Parameters<SqlRunner["query"]>) =>
      // What other instances are told, and what they run, is not part of any work.
      /pg_notify|^SELECT type FROM tollgate\.callback_types/.test(args[0])
        ? sql.query(...args)
        : (watched(() => sql.query(...args)) as never),
    script: (text) => watched(() => sql.script(text)),
  });

  return {
    count: () => count,
    start() {
      count = 0;
      fault = null;
    },
    failAt(n, when, forGood) {
      count = 0;
      fault = { n, when, forGood };
    },
    wrap: (driver) => ({
      ...driver,
      ...watchRunner(driver),
      async transaction(work) {
        await watched(async () => undefined);
        let committing: unknown = null;
        const result = await driver.transaction(async (tx) => {
          const done = await work(watchRunner(tx));
          count += 1;
          if (fault !== null && (count === fault.n || (fault.forGood && count > fault.n))) {
            if (fault.when === "before" || count > fault.n) throw gone();
            committing = gone();
          }
          return done;
        });
        if (committing !== null) throw committing;
        return result;
      },
    }),
  };
}

function gone(): unknown {
  return toStoreError(new Error("Connection terminated unexpectedly"));
}
