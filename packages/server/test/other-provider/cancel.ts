import { BillingError, type Money, type ProviderManagement } from "@tollgate/core";
import type { Account } from "./account.js";
import { change } from "./acts.js";

/** Ends with the period, and asks for what was paid: somebody at the provider has to approve it. */
export function cancel(
  account: Account,
  { subscription: { id }, at, refund }: Parameters<ProviderManagement["cancel"]>[0],
): { readonly refunded: Money | null } {
  if (at !== "period_end")
    throw new BillingError("not_supported", "What is cancelled here runs to its period's end.");
  const one = account.subscriptions.get(id);
  if (one !== undefined && one.endedAt === null && !one.cancelAtPeriodEnd) {
    change(account, id, { cancelAtPeriodEnd: true });
  }
  const paid = account.orders.filter(({ subscriptionId, amount }) => subscriptionId === id && amount > 0);
  const [first] = paid;
  if (!refund || first === undefined) return { refunded: null };
  for (const order of paid) if (order.refund === "none") order.refund = "waiting";
  const amount = paid.reduce((sum, order) => sum + order.amount, 0);
  return { refunded: { amount, currency: first.currency as Money["currency"] } };
}
