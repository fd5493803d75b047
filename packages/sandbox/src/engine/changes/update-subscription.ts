import { collectInvoice, retryAt } from "../collection/collect-invoice.js";
import { finalizeInvoice } from "../invoices/paying/finalize-invoice.js";
import { defaultMethodOf } from "../invoices/paying/pay-invoice.js";
import type { ChargeOutcome } from "../payments/charge-intent.js";
import { refuseOutcome } from "../payments/refuse-outcome.js";
import { applyUpdate } from "../subscriptions/changing/apply-update.js";
import { cancelSubscription, needLiving } from "../subscriptions/changing/cancel-subscription.js";
import { checkUpdate, type SubscriptionFields } from "../subscriptions/changing/check-update.js";
import { enterPause } from "../subscriptions/changing/enter-pause.js";
import { dropPendingUpdate, holdUpdate } from "../subscriptions/changing/pending-update.js";
import { settleSubscription } from "../subscriptions/changing/settle-subscription.js";
import { noDefaultMethod } from "../subscriptions/terms/check-payment-terms.js";
import { writeDetails } from "../subscriptions/terms/schedule-cancel.js";
import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import { find } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { scratchOf } from "../world/scratch-world.js";
import { invalidRequest } from "../world/stripe-error.js";
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
  return collectInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), {
    nextAttempt,
    byMerchant: fields.off_session ?? false,
  });
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

/** A cancelled subscription can still say more about its end, and carry other metadata. */
const updateCanceled = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: SubscriptionFields,
): Subscription => {
  const { metadata, cancellation_details, ...others } = fields;
  if (Object.keys(others).length > 0)
    throw invalidRequest(
      "A canceled subscription can only update its cancellation_details and metadata.",
      "invalid_canceled_subscription_fields",
    );
  return change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.metadata = mergeMetadata(draft.metadata, metadata);
    if (cancellation_details)
      writeDetails(draft, cancellation_details, draft.cancellation_details?.reason ?? null);
  });
};

/** Whether a trial that is to end now ends without a payment method, for which its settings have a rule. */
const endsUnpaid = (world: World, subscription: Subscription, fields: SubscriptionFields): boolean => {
  const { payment_behavior: behavior = "allow_incomplete", trial_end, collection_method } = fields;
  const method = collection_method ?? subscription.collection_method;
  return (
    trial_end === "now" &&
    subscription.status === "trialing" &&
    behavior === "allow_incomplete" &&
    method === "charge_automatically" &&
    !fields.default_payment_method &&
    !fields.default_source &&
    defaultMethodOf(world, subscription) === undefined
  );
};

/** Changes the rest, and ends the trial as its settings say. https://docs.stripe.com/billing/subscriptions/trials */
const endUnpaid = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  { trial_end: _, billing_cycle_anchor: __, ...fields }: SubscriptionFields,
): Subscription => {
  const rule = subscription.trial_settings?.end_behavior.missing_payment_method;
  if (rule !== "cancel" && rule !== "pause") throw noDefaultMethod();
  makeUpdate(world, ctx, subscription, fields);
  if (rule === "cancel") return cancelSubscription(world, ctx, subscription, "cancellation_requested");
  enterPause(world, ctx, subscription, "trial_end_without_payment_method");
  return subscription;
};

/** Changes a subscription; money that is due at once is asked for at once. */
export const updateSubscription = (
  world: World,
  now: Context,
  id: string,
  fields: SubscriptionFields,
): Subscription => {
  const ctx = atCustomer(world, now, find(world.subscriptions, id)?.customer as string);
  const known = find(world.subscriptions, id);
  if (known?.status === "canceled") return updateCanceled(world, ctx, known, fields);
  const subscription = needLiving(world, id);
  checkUpdate(world, ctx, subscription, fields);
  if (endsUnpaid(world, subscription, fields)) return endUnpaid(world, ctx, subscription, fields);
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
