import type { PriceMigrationCommands } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Transact } from "../driver/transaction.js";
import {
  insertMigrationEntries,
  insertPriceMigration,
  replaceMigrationEntry,
  withdrawMigration,
} from "../records/price-migrations.js";
import { removePricePromise, savePricePromise } from "../records/price-promises.js";

export function createPriceMigrationCommands(sql: SqlRunner, transact: Transact): PriceMigrationCommands {
  return {
    startPriceMigration: ({ migration, entries, jobs }) =>
      transact(async (tx) => {
        if (!(await insertPriceMigration(tx.sql, migration))) return "known";
        await insertMigrationEntries(tx.sql, entries);
        await tx.enqueueJobs(jobs);
        return "started";
      }),
    saveMigrationEntry: ({ expectedRevision, callbacks, ...due }) =>
      transact(async (tx) => {
        if (!(await replaceMigrationEntry(tx.sql, due, expectedRevision))) return "overtaken";
        await tx.enqueueCallbacks(callbacks);
        return "saved";
      }),
    cancelPriceMigration: (input) => transact((tx) => withdrawMigration(tx.sql, input)),
    savePricePromise: (promise) => savePricePromise(sql, promise),
    removePricePromise: (customerId) => removePricePromise(sql, customerId),
  };
}
