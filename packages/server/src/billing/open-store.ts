import { BillingError, type Installation, type Owner, type Store } from "@tollgate/core";

/** A store that is brought up when it is first needed, because servers load modules without serving. */
export interface LazyStore {
  readonly open: () => Promise<Store>;
  /** Who we are in the provider's account. Opens the store. */
  readonly owner: () => Promise<Owner>;
  /** The same, once the database is this app's for good: to be asked before anything of value is written. */
  readonly bind: () => Promise<Owner>;
  readonly close: () => Promise<void>;
}

interface Opened {
  readonly installation: Installation;
  readonly stop: () => Promise<void>;
}

/**
 * Migrates the store once and prepares it, then starts its work in the background. A try that fails is forgotten, so that the
 * next call tries again.
 *
 * @param app Whose the database has to be, unless it is nobody's yet.
 * @param startJobs Gives what stops them; `null`: nothing runs in the background.
 */
export function createLazyStore(
  store: Store,
  app: string,
  prepare: (store: Store) => Promise<void>,
  startJobs: ((store: Store) => Promise<() => Promise<void>>) | null,
): LazyStore {
  let opening: Promise<Opened> | null = null;
  let bound = false;

  async function start(): Promise<Opened> {
    await store.migrate();
    const installation = await store.readInstallation();
    refuseOtherApp(installation, app);
    await prepare(store);
    return { installation, stop: startJobs === null ? async () => {} : await startJobs(store) };
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

  async function owner(): Promise<Owner> {
    const { installation } = await opened();
    return { app, database: installation.id };
  }

  return {
    async open() {
      await opened();
      return store;
    },
    owner,
    async bind() {
      const mine = await owner();
      if (!bound) refuseOtherApp(await store.bindInstallation(app), app);
      bound = true;
      return mine;
    },
    async close() {
      const last = opening;
      opening = null;
      const started = await last?.catch(() => null);
      await started?.stop();
      await store.close();
    },
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
