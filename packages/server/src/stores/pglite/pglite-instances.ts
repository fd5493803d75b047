import { mkdir } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { explainPgliteFailure } from "./explain-pglite-failure.js";
import { type FolderLock, lockFolder } from "./lock-folder.js";
import type { OpenPglite } from "./pglite-driver.js";

interface OpenFolder extends OpenPglite {
  readonly lock: FolderLock;
}

interface Shared {
  readonly opening: Promise<OpenFolder>;
  users: number;
}

// Frameworks evaluate a module several times in one process; two PGlites on one folder destroy it.
const registryKey = Symbol.for("tollgate.pglite");
const registry = globalThis as typeof globalThis & { [registryKey]?: Map<string, Shared> };

/** A separate database, in memory. */
export async function openMemory(): Promise<OpenPglite> {
  const db = await createDatabase("memory://");
  return { db, close: () => db.close() };
}

/**
 * The process's one instance of the folder; the last of its users to close it closes it for good.
 *
 * @param onLock Told how its lock is doing: see `FolderLock`.
 * @throws BillingError `store_unavailable` when another process holds the folder; `store_unsuitable` when it can't be
 * written, or PGlite is incomplete.
 */
export async function openShared(folder: string, onLock: (error: unknown) => void): Promise<OpenPglite> {
  registry[registryKey] ??= new Map();
  const instances = registry[registryKey];
  const shared = instances.get(folder) ?? { opening: openFolder(folder), users: 0 };
  instances.set(folder, shared);
  shared.users += 1;
  const { db, lock, close } = await shared.opening.catch((error: unknown) => {
    if (instances.get(folder) === shared) instances.delete(folder);
    throw error;
  });
  const stopObserving = lock.observe(onLock);
  return {
    db,
    async close() {
      stopObserving();
      shared.users -= 1;
      if (shared.users > 0) return;
      if (instances.get(folder) === shared) instances.delete(folder);
      await close();
    },
  };
}

async function takeFolder(folder: string): Promise<FolderLock> {
  try {
    await mkdir(folder, { recursive: true });
    return await lockFolder(folder);
  } catch (error) {
    throw explainPgliteFailure(error);
  }
}

/** @throws BillingError `store_unsuitable` when its files are not where it looks for them, or it is not installed */
async function createDatabase(where: string): Promise<PGlite> {
  try {
    const { PGlite } = await import("@electric-sql/pglite");
    const db = await PGlite.create(where);
    letNodeEnd(db);
    return db;
  } catch (error) {
    throw explainPgliteFailure(error);
  }
}

async function openFolder(folder: string): Promise<OpenFolder> {
  const lock = await takeFolder(folder);
  try {
    const db = await createDatabase(folder);
    return {
      db,
      lock,
      async close() {
        await db.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Lets a process end while its PGlite is open. The Postgres in it sets a timer of ten seconds after a statement, to
 * write down statistics that nothing here reads; each poll for work sets it again, so that a server that has closed its
 * port, or a script that is done, would never end.
 */
function letNodeEnd(db: PGlite): void {
  const execute = db.execProtocolRawSync.bind(db);
  db.execProtocolRawSync = (message) => withIdleTimers(() => execute(message));
}

/** No timer that `work` sets keeps a process alive, nor do those that it sets in turn. */
function withIdleTimers<T>(work: () => T): T {
  const set = globalThis.setTimeout;
  // PGlite can't be given timers from outside. Its statements are one synchronous call, so nobody else's code runs
  // meanwhile.
  const setIdle = (callback: () => void, ms?: number) => set(() => withIdleTimers(callback), ms).unref();
  globalThis.setTimeout = Object.assign(setIdle, set);
  try {
    return work();
  } finally {
    globalThis.setTimeout = set;
  }
}
