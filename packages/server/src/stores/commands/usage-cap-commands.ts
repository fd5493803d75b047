import type { UsageCounter } from "@tollgate/core";
import { checkoutLock } from "../driver/locks.js";
import type { Transact } from "../driver/transaction.js";
import { isBeingDeleted } from "../records/deletions.js";
import { writeUsageCap } from "../records/usage-caps.js";

export function createUsageCapCommands(transact: Transact): Pick<UsageCounter, "saveUsageCap"> {
  return {
    saveUsageCap: (write) =>
      transact(async (tx) => {
        // Whoever deletes them at this moment leaves nothing behind.
        await tx.lock(checkoutLock(write.customerId));
        if (await isBeingDeleted(tx.sql, write.customerId)) return "overtaken";
        tx.changed(write.customerId);
        await writeUsageCap(tx.sql, write);
        return "saved";
      }),
  };
}
