import { invoicesOf } from "../../invoices/making/invoices-of.js";
import { intentOf } from "../../invoices/paying/finalize-invoice.js";
import { subscriptionOf } from "../../invoices/paying/pay-invoice.js";
import type { ChargeOutcome } from "../../payments/charge-intent.js";
import type { Context } from "../../world/context.js";
import { change, emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import type { Invoice, PaymentMethod, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { writeResumption } from "../terms/resumption.js";
import { writePending } from "./pending-update.js";

/**
 * Whether an invoice says how a subscription stands: the latest one does, once it is finalized, unless it is
 * void. https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses
 */
const decidesStatus = (world: World, subscription: Subscription, invoice: Invoice): boolean => {
  if (subscription.latest_invoice === invoice.id) return true;
  const latest = find<Invoice>(world.invoices, subscription.latest_invoice as string | null);
  if (latest?.status !== "draft" && latest?.status !== "void") return false;
  const counts = invoicesOf(world, subscription).findLast(
    ({ status }) => status !== "draft" && status !== "void",
  );
  return counts?.id === invoice.id;
};

/** A paid first invoice starts a subscription, a paid later one heals it. */
const revive = (world: World, subscription: Subscription, invoice: Invoice): void => {
  const healing = subscription.status === "past_due" || subscription.status === "unpaid";
  if (subscription.status === "incomplete" || (healing && decidesStatus(world, subscription, invoice)))
    subscription.status = "active";
};

/** Whether an invoice is the one that an update waits for. */
const decidesUpdate = (subscription: Subscription, invoice: Invoice): boolean =>
  subscription.pending_update !== null && subscription.latest_invoice === invoice.id;

/** What an invoice's outcome makes of its subscription, without an event. */
export const applyOutcome = (
  world: World,
  subscription: Subscription,
  invoice: Invoice,
  outcome: ChargeOutcome,
): void => {
  // A debit on its way counts until it fails: https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses
  if (outcome.status === "processing") {
    if (subscription.status === "incomplete") subscription.status = "active";
    return;
  }
  const resumption = find(world.hidden.resumptions, subscription.id);
  const resumes = resumption?.invoice === invoice.id;
  if (outcome.status !== "succeeded") {
    // The old plan is paid for, so an unpaid change leaves it alone.
    if (!resumes && decidesUpdate(subscription, invoice)) return;
    if (resumes && !resumption.needsSuccess && outcome.status === "failed") {
      writeResumption(subscription, resumption);
      subscription.status = "past_due";
    }
    const stands = subscription.status === "active" || subscription.status === "trialing";
    if (stands && decidesStatus(world, subscription, invoice)) subscription.status = "past_due";
    return;
  }
  revive(world, subscription, invoice);
  if (resumes) writeResumption(subscription, resumption);
  else if (decidesUpdate(subscription, invoice)) writePending(world, subscription, invoice);
  const method = find<PaymentMethod>(
    world.paymentMethods,
    intentOf(world, invoice)?.payment_method as string | null,
  );
  const saves = subscription.payment_settings?.save_default_payment_method === "on_subscription";
  if (method && saves && method.customer === subscription.customer)
    subscription.default_payment_method = method.id;
};

/** Lets a subscription follow what became of its invoice. */
export const settleSubscription = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  outcome: ChargeOutcome,
): void => {
  const subscription = subscriptionOf(world, invoice);
  if (!subscription) return;
  const waited = decidesUpdate(subscription, invoice);
  const paused = subscription.status === "paused";
  change(world, ctx, "customer.subscription.updated", subscription, (draft) =>
    applyOutcome(world, draft, invoice, outcome),
  );
  if (paused && subscription.status !== "paused") {
    delete world.hidden.resumptions[subscription.id];
    emit(world, ctx, "customer.subscription.resumed", subscription);
  }
  if (waited && subscription.pending_update === null)
    emit(world, ctx, "customer.subscription.pending_update_applied", subscription);
};
