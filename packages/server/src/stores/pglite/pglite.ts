import { resolve } from "node:path";
import type { Store } from "@tollgate/core";
import { createSqlStore } from "../store/sql-store.js";
import { createPgliteDriver } from "./pglite-driver.js";
import { openMemory, openShared } from "./pglite-instances.js";

/**
 * Keeps billing state in an embedded Postgres (`@electric-sql/pglite`), in a folder on disk: no server, no set-up, one
 * process. A second process that wants the same folder gets `store_unavailable`. Within a process every store of the
 * same folder shares one instance. Nothing is read or written before the first call. It does not keep a process alive
 * that has nothing else to do.
 *
 * @param folder Where the data lives, or `"memory://"` for a separate database that is gone after `close()`. @default
 * ".tollgate/data"
 * @example
 * const store = pglite();
 */
export function pglite(folder = ".tollgate/data"): Store {
  const alone = folder === "memory://";
  const open = alone
    ? openMemory
    : (onLock: (error: unknown) => void) => openShared(resolve(/* turbopackIgnore: true */ folder), onLock);
  return createSqlStore(createPgliteDriver(open, !alone));
}
