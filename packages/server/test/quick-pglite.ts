import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { Store, WorkTiming } from "@tollgate/core";
import type { SqlDriver } from "../src/stores/driver/sql-driver.js";
import { createPgliteDriver } from "../src/stores/pglite/pglite-driver.js";
import { migrate } from "../src/stores/schema/migrate.js";
import { createSqlStore } from "../src/stores/store/sql-store.js";

/**
 * A store on a PGlite in memory of its own, like `pglite("memory://")` after `migrate()`, but in half a second
 * instead of several: the cluster with its tables is made once and kept in the system's temporary folder.
 */
export function quickPglite(
  timing?: Partial<WorkTiming>,
  wrap: (driver: SqlDriver) => SqlDriver = (driver) => driver,
): Store {
  const driver = createPgliteDriver(async () => toOpen(await createQuickPglite()));
  return createSqlStore(wrap(driver), timing);
}

/** The PGlite itself, in memory or in a new folder. */
export async function createQuickPglite(dataDir = "memory://"): Promise<PGlite> {
  template ??= loadTemplate();
  const db = await PGlite.create(dataDir, { ...(await readParts()), loadDataDir: await template });
  // Each is an installation of its own, as if it had made its tables itself.
  await db.exec("UPDATE tollgate.installation SET id = gen_random_uuid()");
  return db;
}

const toOpen = (db: PGlite) => ({ db, close: () => db.close() });

// Every test file of a worker shares them.
let template: Promise<Blob> | undefined;
let parts: ReturnType<typeof compileParts> | undefined;
const readParts = () => (parts ??= compileParts());

const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");

/** What each instance would otherwise read and compile again. */
async function compileParts() {
  const read = (name: string) => readFile(join(entry, "..", name));
  return {
    pgliteWasmModule: await WebAssembly.compile(await read("pglite.wasm")),
    fsBundle: new Blob([await read("pglite.data")]),
  };
}

async function loadTemplate(): Promise<Blob> {
  const path = join(tmpdir(), `tollgate-pglite-${digest()}.tar`);
  const kept = await readFile(path).catch(() => null);
  if (kept !== null) return new Blob([new Uint8Array(kept)]);
  const made = await makeTemplate();
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, new Uint8Array(await made.arrayBuffer()));
  await rename(unfinished, path);
  return made;
}

/**
 * As small as possible, because unpacking it is most of the work: short log segments, and no databases to copy from.
 */
async function makeTemplate(): Promise<Blob> {
  const options = { ...(await readParts()), initDbStartParams: ["--wal-segsize=1"] };
  const db = await PGlite.create("memory://", options);
  await migrate(createPgliteDriver(async () => toOpen(db)));
  await db.exec("UPDATE pg_database SET datistemplate = false");
  for (const name of ["template0", "template1"]) await db.exec(`DROP DATABASE ${name}`);
  await db.exec("CHECKPOINT");
  const made = await db.dumpDataDir("none");
  await db.close();
  return made;
}

/** Another PGlite, other tables or another job engine means another template. */
function digest(): string {
  const hash = createHash("sha256").update(readFileSync(join(entry, "..", "..", "package.json")));
  const folder = new URL("../src/stores/schema/migrations/", import.meta.url);
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(new URL(name, folder)));
  return hash.digest("hex").slice(0, 16);
}
