import { finalizeInvoice } from "../invoices/paying/finalize-invoice.js";
import { markInvoicePaid } from "../invoices/paying/mark-invoice-paid.js";
import { methodForInvoice, payInvoice, subscriptionOf } from "../invoices/paying/pay-invoice.js";
import type { ChargeOptions, ChargeOutcome } from "../payments/charge-intent.js";
import { cancelSubscription, ended } from "../subscriptions/changing/cancel-subscription.js";
import { settleSubscription } from "../subscriptions/changing/settle-subscription.js";
import { type Context, day, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import type { Settings } from "../world/settings.js";
import type { Invoice, PaymentMethod, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Collects an invoice and lets its subscription follow. */
export const collectInvoice = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  method: PaymentMethod | undefined,
  options: ChargeOptions,
): ChargeOutcome => {
  const outcome = payInvoice(world, ctx, invoice, method, options);
  settleSubscription(world, ctx, invoice, outcome);
  return outcome;
};

type GiveUp = (world: World, ctx: Context, subscription: Subscription) => void;

/** What becomes of a subscription after the last attempt. */
const giveUp = {
  cancel: (world, ctx, subscription) => void cancelSubscription(world, ctx, subscription, "payment_failed"),
  past_due: () => undefined,
  unpaid: (world, ctx, subscription) =>
    void change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
      draft.status = "unpaid";
    }),
} satisfies Record<Settings["dunning"]["finally"], GiveUp>;

/** When an attempt that fails now is repeated, in seconds; null if it is the last. */
export const retryAt = (world: World, ctx: Context, invoice: Invoice): number | null => {
  const delay = world.settings.dunning.retryAfterDays[invoice.attempt_count];
  return delay === undefined ? null : seconds(ctx) + delay * day;
};

/**
 * Tries to collect an invoice that nobody waits for. If it fails, the next attempt is planned, or after the last
 * one the subscription is given up. Only a subscription's invoices are tried again.
 */
export const dunInvoice = (world: World, ctx: Context, invoice: Invoice): void => {
  const subscription = subscriptionOf(world, invoice);
  const nextAttempt = subscription ? retryAt(world, ctx, invoice) : null;
  const method = methodForInvoice(world, invoice);
  // Off session, too: a bank's question makes an invoice wait for its customer, and is not a refusal.
  const outcome = collectInvoice(world, ctx, invoice, method, { nextAttempt, byMerchant: true });
  if (outcome.status === "failed" && nextAttempt === null && subscription && !ended(subscription))
    giveUp[world.settings.dunning.finally](world, ctx, subscription);
};

/** Ends an invoice's time as a draft: it is charged, or sent to its customer. */
export const finalizeAndCollect = (world: World, ctx: Context, invoice: Invoice): void => {
  finalizeInvoice(world, ctx, invoice);
  if (invoice.collection_method === "charge_automatically") dunInvoice(world, ctx, invoice);
  else if (invoice.amount_due === 0) markInvoicePaid(world, ctx, invoice);
  else emit(world, ctx, "invoice.sent", invoice);
};
