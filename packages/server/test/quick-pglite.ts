import { randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { Store } from "@tollgate/core";
import type { CallbackTiming } from "../src/stores/callbacks/callback-timing.js";
import { createPgliteDriver } from "../src/stores/pglite-driver.js";
import type { SqlDriver } from "../src/stores/sql-driver.js";
import { createSqlStore } from "../src/stores/sql-store.js";

/**
 * A store on a PGlite in memory of its own, like `pglite("memory://")` but in half a second instead of
 * several: the empty cluster is made once and kept in the system's temporary folder.
 */
export function quickPglite(
  timing?: CallbackTiming,
  wrap: (driver: SqlDriver) => SqlDriver = (driver) => driver,
): Store {
  const driver = createPgliteDriver(async () => {
    const db = await createQuickPglite();
    return { db, close: () => db.close() };
  });
  return createSqlStore(wrap(driver), timing);
}

/** The PGlite itself. */
export async function createQuickPglite(): Promise<PGlite> {
  return PGlite.create({ loadDataDir: await loadTemplate() });
}

async function loadTemplate(): Promise<Blob> {
  const path = join(tmpdir(), `tollgate-pglite-${pgliteVersion()}.tar`);
  const kept = await readFile(path).catch(() => null);
  if (kept !== null) return new Blob([new Uint8Array(kept)]);
  const db = await PGlite.create("memory://");
  const template = await db.dumpDataDir("none");
  await db.close();
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, new Uint8Array(await template.arrayBuffer()));
  await rename(unfinished, path);
  return template;
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const found = /pglite@([\w.-]+)/.exec(entry)?.[1];
  return found ?? "unpinned";
}
