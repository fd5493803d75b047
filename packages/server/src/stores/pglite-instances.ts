import { mkdir } from "node:fs/promises";
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

/** A database of its own, in memory. */
export async function openMemory(): Promise<OpenPglite> {
  const { PGlite } = await import("@electric-sql/pglite");
  const db = await PGlite.create("memory://");
  return { db, close: () => db.close() };
}

/**
 * The process's one instance of the folder; the last of its users to close it closes it for good.
 *
 * @param onLock Told how its lock does: see `FolderLock`.
 * @throws BillingError `store_unavailable` when another process holds the folder.
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

async function openFolder(folder: string): Promise<OpenFolder> {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  try {
    const { PGlite } = await import("@electric-sql/pglite");
    const db = await PGlite.create(folder);
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
