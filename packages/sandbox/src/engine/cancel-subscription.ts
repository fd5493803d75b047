import { type Context, seconds } from "./context.js";
import { emit } from "./emit.js";
import { voidInvoice } from "./finalize-invoice.js";
import { find } from "./find.js";
import { missing } from "./stripe-error.js";
import type { Invoice, Subscription } from "./wire.js";
import type { World } from "./world.js";

export type CancelReason = "cancellation_requested" | "payment_failed";

export const ended = (subscription: Subscription): boolean =>
  subscription.status === "canceled" || subscription.status === "incomplete_expired";

/** A living subscription; a cancelled one can't be changed any more. */
export const needLiving = (world: World, id: string, param = "id"): Subscription => {
  const subscription = find(world.subscriptions, id);
  if (!subscription || ended(subscription)) throw missing("subscription", id, param);
  return subscription;
};

/** Ends a subscription now. */
export const cancelSubscription = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  reason: CancelReason,
  details: { comment?: string | null; feedback?: string | null } = {},
): Subscription => {
  const now = seconds(ctx);
  subscription.status = "canceled";
  subscription.canceled_at ??= now;
  subscription.ended_at = now;
  subscription.cancellation_details = {
    comment: details.comment ?? subscription.cancellation_details?.comment ?? null,
    feedback: details.feedback ?? subscription.cancellation_details?.feedback ?? null,
    feedback_option: null,
    reason,
  };
  const latest = find<Invoice>(world.invoices, subscription.latest_invoice);
  // The draft of a renewal that never comes would otherwise still be collected.
  if (latest?.status === "draft") latest.auto_advance = false;
  emit(world, ctx, "customer.subscription.deleted", subscription);
  return subscription;
};

/** A first payment that did not come within 23 hours: the subscription never was. */
export const expireIncomplete = (world: World, ctx: Context, subscription: Subscription): void => {
  subscription.status = "incomplete_expired";
  subscription.ended_at = seconds(ctx);
  emit(world, ctx, "customer.subscription.updated", subscription, { status: "incomplete", ended_at: null });
  const invoice = find<Invoice>(world.invoices, subscription.latest_invoice);
  if (invoice?.status === "open") voidInvoice(world, ctx, invoice);
};
