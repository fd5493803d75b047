import { type CheckoutOutcome, decideCheckoutStatus } from "@tollgate/core";
import { checkoutLock } from "../driver/locks.js";
import type { Transaction } from "../driver/transaction.js";
import { findCheckout, saveCheckout } from "./checkouts.js";
import { keepConsent } from "./consents.js";
import { savePurchase } from "./purchases.js";

/** Writes what became of a checkout, as part of a command. */
export async function settleCheckoutWithin(tx: Transaction, outcome: CheckoutOutcome): Promise<void> {
  const { id, customerId, purchase, consent = null } = outcome;
  await tx.lock(checkoutLock(customerId));
  const settled = decideCheckoutStatus(await findCheckout(tx.sql, id, customerId), outcome);
  if (settled !== null) await saveCheckout(tx.sql, settled);
  if (consent !== null) await keepConsent(tx.sql, consent);
  if (purchase === null) return;
  tx.changed(purchase.customerId);
  await savePurchase(tx.sql, purchase);
}
