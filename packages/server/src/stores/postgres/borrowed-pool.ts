import type { Pool } from "pg";
import type { SqlDriver } from "../driver/sql-driver.js";
import { guardPool } from "./postgres-driver.js";
import { createPostgresListen, type ListenOption } from "./postgres-listen.js";

/** What a library that does not reveal what it runs on can't do for billing. */
export interface BorrowedPool {
  /**
   * The pool of `pg` that it runs on. With it, this instance hears at once what others changed, on one more connection
   * beside the pool's; idle connections don't keep a process alive, and a lost connection doesn't end it. Without it,
   * what others changed is seen after at most `accessMaxStaleSeconds`, and the rest is up to the app.
   * @default undefined
   */
  readonly pool?: Pool | undefined;
  /**
   * As with `postgres(pool)`: behind a pooler in transaction mode the connection string of the database itself, or
   * `false`.
   * @default true
   */
  readonly listen?: ListenOption | undefined;
}

/** Hears through the pool what others send, and guards the pool; does nothing where there is none. */
export function listenThrough({ pool, listen = true }: BorrowedPool): SqlDriver["listen"] {
  if (pool === undefined) return undefined;
  guardPool(pool);
  return createPostgresListen(pool, listen);
}
