import type { SeatCommands } from "@tollgate/core";
import { checkoutLock } from "../driver/locks.js";
import type { Transact } from "../driver/transaction.js";
import { isBeingDeleted } from "../records/deletions.js";
import { replaceSeats } from "../records/seats.js";

export function createSeatCommands(transact: Transact): SeatCommands {
  return {
    saveSeats: ({ callbacks, ...save }) =>
      transact(async (tx) => {
        const { customerId } = save.record;
        // Whoever deletes them at this moment leaves nothing behind.
        await tx.lock(checkoutLock(customerId));
        if (await isBeingDeleted(tx.sql, customerId)) return "overtaken";
        tx.changed(customerId);
        if (!(await replaceSeats(tx.sql, save))) return "overtaken";
        await tx.enqueueCallbacks(callbacks);
        return "saved";
      }),
  };
}
