import type { Client, Pool } from "pg";
import type { SqlDriver } from "../driver/sql-driver.js";

/** How `postgres` hears of changes by other instances. */
export type ListenOption = boolean | string;

/**
 * Listens on a connection of its own, made like the pool's: it is never handed back, and a pool of one
 * would have none left.
 *
 * @returns `undefined` where it should not listen, or the pool can't say how to connect.
 */
export function createPostgresListen(pool: Pool, option: ListenOption): SqlDriver["listen"] {
  // `pg-pool` makes its clients with this class, and so takes those of drivers that are like `pg`.
  const { Client: Connection } = pool as Pool & { readonly Client?: new (config: object) => Client };
  if (option === false || Connection === undefined) return undefined;
  return async (channel, { message, lost }) => {
    const client = new Connection(configOf(pool, option));
    let over = false;
    const onLost = () => {
      if (over) return;
      over = true;
      // Half a connection may be left.
      void client.end().catch(() => undefined);
      lost();
    };
    try {
      let failed: Error | undefined;
      const onEarlyError = (error: Error) => {
        failed = error;
      };
      client.on("error", onEarlyError);
      client.on("notification", ({ payload }) => message(payload ?? ""));
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      if (failed !== undefined) throw failed;
      client.on("error", onLost).on("end", onLost);
    } catch (error) {
      over = true;
      void client.end().catch(() => undefined);
      throw error;
    }
    // A script that checked access once must be able to end.
    if ("unref" in client && typeof client.unref === "function") client.unref();
    return async () => {
      over = true;
      await client.end().catch(() => undefined);
    };
  };
}

/** As the pool connects, plus what notices that the other side has gone silently. */
function configOf(pool: Pool, option: string | true): object {
  const keepAlive = { value: true, enumerable: true };
  if (option !== true) return Object.defineProperties({ connectionString: option }, { keepAlive });
  // Passwords and keys are not enumerable there, so a spread would lose them.
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(pool.options), keepAlive });
}
