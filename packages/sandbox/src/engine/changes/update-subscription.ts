import { collectInvoice, retryAt } from "../collection/collect-invoice.js";
import { finalizeInvoice } from "../invoices/paying/finalize-invoice.js";
import { defaultMethodOf } from "../invoices/paying/pay-invoice.js";
import type { ChargeOutcome } from "../payments/charge-intent.js";
import { refuseOutcome } from "../payments/refuse-outcome.js";
import { applyUpdate } from "../subscriptions/changing/apply-update.js";
import { needLiving } from "../subscriptions/changing/cancel-subscription.js";
import { checkUpdate, type SubscriptionFields } from "../subscriptions/changing/check-update.js";
import { dropPendingUpdate, holdUpdate } from "../subscriptions/changing/pending-update.js";
import { settleSubscription } from "../subscriptions/changing/settle-subscription.js";
import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import { find } from "../world/find.js";
import { scratchOf } from "../world/scratch-world.js";
import { atCustomer } from "../world/test-clock.js";
import type { Invoice, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import { syncPhase } from "./sync-phase.js";

/** Finalizes the invoice of a change and charges it; its subscription follows. */
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
  if (fields.payment_behavior === "default_incomplete" && invoice.amount_due > 0) {
    const waits: ChargeOutcome = { status: "requires_action" };
    settleSubscription(world, ctx, invoice, waits);
    return waits;
  }
  const nextAttempt = retryAt(world, ctx, invoice);
  return collectInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), { nextAttempt });
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

/** Makes an update that has been checked. */
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
  if (invoice) collect(world, ctx, invoice, subscription, fields);
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
