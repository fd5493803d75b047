import { applyUpdate } from "./apply-update.js";
import { needLiving } from "./cancel-subscription.js";
import type { ChargeOutcome } from "./charge-intent.js";
import { retryAt } from "./collect-invoice.js";
import type { Context } from "./context.js";
import { change } from "./emit.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { find } from "./find.js";
import { defaultMethodOf, payInvoice } from "./pay-invoice.js";
import { dropPendingUpdate, holdUpdate } from "./pending-update.js";
import { refuseOutcome } from "./refuse-outcome.js";
import { scratchOf } from "./scratch-world.js";
import { settleSubscription } from "./settle-subscription.js";
import { checkUpdate, type SubscriptionFields } from "./subscription-update.js";
import { syncPhase } from "./sync-phase.js";
import { atCustomer } from "./test-clock.js";
import type { Invoice, Subscription } from "./wire.js";
import type { World } from "./world.js";

/** Finalizes the invoice of a change and charges it. */
const collect = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  subscription: Subscription,
  fields: SubscriptionFields,
): ChargeOutcome | undefined => {
  // An invoice that is to be sent stays a draft for its hour.
  if (subscription.collection_method === "send_invoice") return undefined;
  finalizeInvoice(world, ctx, invoice);
  if (fields.payment_behavior === "default_incomplete" && invoice.amount_due > 0)
    return { status: "requires_action" };
  const nextAttempt = retryAt(world, ctx, invoice);
  return payInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), { nextAttempt });
};

/** How the payment of a change would go; it is tried out on a copy. */
const tryOut = (world: World, ctx: Context, id: string, fields: SubscriptionFields): ChargeOutcome => {
  const scratch = scratchOf(world);
  const subscription = needLiving(scratch, id);
  const invoice = applyUpdate(scratch, ctx, subscription, fields);
  const outcome = invoice && collect(scratch, ctx, invoice, subscription, fields);
  return outcome ?? { status: "succeeded" };
};

const changesBill = (fields: SubscriptionFields): boolean =>
  fields.items !== undefined ||
  fields.trial_end !== undefined ||
  fields.billing_cycle_anchor?.type === "now" ||
  (fields.add_invoice_items ?? []).length > 0;

/** Makes an update that was checked. */
export const makeUpdate = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: SubscriptionFields,
): Subscription => {
  if (changesBill(fields)) dropPendingUpdate(world, ctx, subscription);
  let invoice: Invoice | undefined;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    invoice = applyUpdate(world, ctx, draft, fields);
  });
  const outcome = invoice && collect(world, ctx, invoice, subscription, fields);
  if (invoice && outcome) settleSubscription(world, ctx, invoice, outcome);
  return subscription;
};

/** Changes a subscription; money that is due at once is asked for at once. */
export const updateSubscription = (
  world: World,
  now: Context,
  id: string,
  fields: SubscriptionFields,
): Subscription => {
  const subscription = needLiving(world, id);
  const ctx = atCustomer(world, now, find(world.subscriptions, id)?.customer as string);
  checkUpdate(world, ctx, subscription, fields);
  const { payment_behavior: behavior } = fields;
  if (changesBill(fields) && (behavior === "error_if_incomplete" || behavior === "pending_if_incomplete")) {
    const outcome = tryOut(world, ctx, id, fields);
    if (behavior === "error_if_incomplete") refuseOutcome(outcome);
    else if (outcome.status !== "succeeded") {
      dropPendingUpdate(world, ctx, subscription);
      return holdUpdate(world, ctx, subscription, fields);
    }
  }
  makeUpdate(world, ctx, subscription, fields);
  if (fields.items) syncPhase(world, ctx, subscription);
  return subscription;
};
