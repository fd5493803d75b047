import type { PGlite } from "@electric-sql/pglite";

/**
 * Lets a process end while its PGlite is open. The Postgres in it sets a timer of ten seconds after a statement, to
 * write down statistics that nothing here reads; each poll for work sets it anew, so that a server that has closed
 * its port, or a script that is done, would stay for ever.
 */
export function letNodeEnd(db: PGlite): void {
  const execute = db.execProtocolRawSync.bind(db);
  db.execProtocolRawSync = (message) => withIdleTimers(() => execute(message));
}

/** Whatever timer `work` sets keeps no process alive, nor do those that it sets in turn. */
function withIdleTimers<T>(work: () => T): T {
  const set = globalThis.setTimeout;
  // PGlite takes no timers from outside. Its statements are one synchronous call, so nobody else's code runs meanwhile.
  const setIdle = (callback: () => void, ms?: number) => set(() => withIdleTimers(callback), ms).unref();
  globalThis.setTimeout = Object.assign(setIdle, set);
  try {
    return work();
  } finally {
    globalThis.setTimeout = set;
  }
}
