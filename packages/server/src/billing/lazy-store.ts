import { BillingError, type Installation, type Owner, type Store } from "@tollgate/core";

/** A store that is opened when it is first needed, because servers load modules without serving. */
export interface LazyStore {
  readonly open: () => Promise<OpenStore>;
  /** Who we are, once the database is this app's for good: to be asked before anything of value is written. */
  readonly bind: () => Promise<Owner>;
  /**
   * Stops the work in the background, then closes the store. What is still running meanwhile has the store that is open:
   * opened once more, it would have a second background that nobody stops.
   */
  readonly close: () => Promise<void>;
}

/** A store whose schema is up to date, and our identity in the provider's account, which its database gives us. */
interface OpenStore {
  readonly store: Store;
  readonly owner: Owner;
}

interface Opened extends OpenStore {
  readonly stop: () => Promise<void>;
}

/**
 * Migrates the store once and prepares it, then starts its work in the background. An attempt that fails is forgotten,
 * so that the next call tries again.
 *
 * @param app The app that must own the database, unless nobody does yet.
 * @param startJobs Returns what stops them; `null`: nothing runs in the background.
 */
export function createLazyStore(
  store: Store,
  app: string,
  prepare: (store: Store) => Promise<void>,
  startJobs: ((store: Store) => Promise<() => Promise<void>>) | null,
): LazyStore {
  let opening: Promise<Opened> | null = null;
  let closing: Promise<void> | null = null;
  let bound = false;

  async function start(): Promise<Opened> {
    if (closing !== null) throw new BillingError("store_unavailable", "The billing was closed.");
    await store.migrate();
    const installation = await store.readInstallation();
    refuseOtherApp(installation, app);
    await prepare(store);
    const stop = startJobs === null ? async () => {} : await startJobs(store);
    return { store, owner: { app, database: installation.id }, stop };
  }

  async function opened(): Promise<Opened> {
    opening ??= start();
    const mine = opening;
    try {
      return await mine;
    } catch (error) {
      if (opening === mine) opening = null;
      throw error;
    }
  }

  async function end(): Promise<void> {
    const started = await opening?.catch(() => null);
    await started?.stop();
    await store.close();
  }

  return {
    async open() {
      const { owner } = await opened();
      return { store, owner };
    },
    async bind() {
      const { owner } = await opened();
      if (!bound) refuseOtherApp(await store.bindInstallation(app), app);
      bound = true;
      return owner;
    },
    close: () => (closing ??= end()),
  };
}

/** Two apps in one database would read each other's customers as their own. */
function refuseOtherApp(installation: Installation, app: string): void {
  if (installation.app === null || installation.app === app) return;
  throw new BillingError(
    "invalid_options",
    `This database belongs to the app "${installation.app}", and this is the app "${app}". ` +
      `Set createBilling({ app: "${installation.app}" }), or give "${app}" a database of its own.`,
    { details: { app, databaseOf: installation.app } },
  );
}
