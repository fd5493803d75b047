import {
  type CheckoutRecord,
  decideOpening,
  decidePurchaseReturn,
  recordFacts,
  type StoreCommands,
} from "@tollgate/core";
import { checkoutLock } from "../driver/locks.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Transact } from "../driver/transaction.js";
import { findLatestCheckout, listTrialCheckouts, saveCheckout } from "../records/checkouts.js";
import { isBeingDeleted } from "../records/deletions.js";
import { addHistory } from "../records/insert-history.js";
import { findPurchase, replacePurchase } from "../records/purchases.js";
import { settleCheckoutWithin } from "../records/settle-checkout-within.js";
import { listSubscriptionsOf } from "../records/subscriptions.js";

export function createCheckoutCommands(
  transact: Transact,
): Pick<StoreCommands, "openCheckout" | "settleCheckout" | "returnPurchase"> {
  return {
    openCheckout: (checkout, known) =>
      transact(async (tx) => {
        await tx.lock(checkoutLock(checkout.customerId));
        if (await isBeingDeleted(tx.sql, checkout.customerId)) return null;
        const latest = await findLatestCheckout(tx.sql, checkout.customerId, checkout.slot);
        const trials = await readTrials(tx.sql, checkout);
        const { save, opened } = decideOpening({ checkout, ...known, latest, ...trials });
        if (save !== null) await saveCheckout(tx.sql, save);
        return opened;
      }),
    settleCheckout: (outcome) => transact((tx) => settleCheckoutWithin(tx, outcome)),
    returnPurchase: ({ provider, checkoutId, found, isGone }) =>
      transact(async (tx) => {
        const purchase = await findPurchase(tx.sql, checkoutId, provider, "FOR UPDATE");
        const decided = purchase && decidePurchaseReturn(purchase, found, isGone);
        if (decided === null) return;
        tx.changed(decided.purchase.customerId);
        await replacePurchase(tx.sql, decided.purchase);
        await addHistory(
          tx.sql,
          recordFacts(decided.callbacks, {
            provider,
            cause: { kind: "read" },
            occurredAt: found.at,
            at: found.at,
          }),
        );
        await tx.enqueueCallbacks(decided.callbacks);
      }),
  };
}

/** Under the lock, so that if two offer the trial, or the intro, at once, one of them notices. */
async function readTrials(sql: SqlRunner, { customerId, trialDays, intro }: CheckoutRecord) {
  if (trialDays === 0 && !intro) return { subscriptions: [], checkouts: [] };
  const subscriptions = await listSubscriptionsOf(sql, customerId);
  return { subscriptions, checkouts: await listTrialCheckouts(sql, customerId) };
}
