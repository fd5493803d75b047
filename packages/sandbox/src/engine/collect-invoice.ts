import { cancelSubscription, ended } from "./cancel-subscription.js";
import type { ChargeOptions, ChargeOutcome } from "./charge-intent.js";
import { type Context, seconds } from "./context.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { defaultMethodOf, payInvoice, subscriptionOf } from "./pay-invoice.js";
import { settleSubscription } from "./settle-subscription.js";
import type { Invoice, PaymentMethod } from "./wire.js";
import type { World } from "./world.js";

const day = 86_400;

/** After each failed attempt, the days until the next one; after the last the subscription ends. */
const retryAfterDays = [3, 5, 7] as const;

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

/** Tries to collect a renewal nobody waits for, and plans the next attempt if it fails. */
export const dunInvoice = (world: World, ctx: Context, invoice: Invoice): void => {
  const subscription = subscriptionOf(world, invoice);
  invoice.next_payment_attempt = null;
  if (!subscription || ended(subscription)) return;
  const delay = retryAfterDays[invoice.attempt_count];
  const isLast = delay === undefined;
  // The event of a failed attempt already tells when the next one is.
  if (invoice.amount_due > 0 && !isLast) invoice.next_payment_attempt = seconds(ctx) + delay * day;
  const method = defaultMethodOf(world, subscription);
  const outcome = collectInvoice(world, ctx, invoice, method, { offSession: true });
  if (outcome.status !== "succeeded" && isLast)
    cancelSubscription(world, ctx, subscription, "payment_failed");
};

/** Ends a renewal's hour as a draft and collects it. */
export const finalizeAndCollect = (world: World, ctx: Context, invoice: Invoice): void => {
  finalizeInvoice(world, ctx, invoice);
  dunInvoice(world, ctx, invoice);
};
