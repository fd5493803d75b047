import type { StoreDriver } from "./sql-driver.js";

/** The driver, which can be told that its sessions don't begin transactions the way the store's statements need. */
export function isolatable(driver: StoreDriver): StoreDriver {
  let isolated = false;
  return {
    ...driver,
    query: (...args: Parameters<StoreDriver["query"]>) =>
      isolated ? driver.transaction((tx) => tx.query<never>(...args)) : driver.query<never>(...args),
    isolateStatements() {
      isolated = true;
    },
  };
}
