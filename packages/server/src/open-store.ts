import type { Store } from "@tollgate/core";

/** A store that is brought up when it is first needed, because servers load modules without serving. */
export interface LazyStore {
  readonly open: () => Promise<Store>;
  readonly close: () => Promise<void>;
}

/**
 * Migrates the store once, then starts its work in the background. A try that fails is forgotten, so that the
 * next call tries again.
 *
 * @param startJobs Gives what stops them; `null`: nothing runs in the background.
 */
export function createLazyStore(
  store: Store,
  startJobs: ((store: Store) => Promise<() => Promise<void>>) | null,
): LazyStore {
  let opening: Promise<() => Promise<void>> | null = null;

  async function start(): Promise<() => Promise<void>> {
    await store.migrate();
    return startJobs === null ? async () => {} : startJobs(store);
  }

  async function open(): Promise<Store> {
    opening ??= start();
    const mine = opening;
    try {
      await mine;
    } catch (error) {
      if (opening === mine) opening = null;
      throw error;
    }
    return store;
  }

  async function close(): Promise<void> {
    const opened = opening;
    opening = null;
    const stop = await opened?.catch(() => null);
    await stop?.();
    await store.close();
  }

  return { open, close };
}
