import type Stripe from "stripe";
import { collectInvoice, retryAt } from "../../collection/collect-invoice.js";
import { createProrationItems } from "../../invoices/items/pending-items.js";
import type { Proration } from "../../invoices/lines/invoice-line.js";
import { finalizeInvoice, voidInvoice } from "../../invoices/paying/finalize-invoice.js";
import { defaultMethodOf } from "../../invoices/paying/pay-invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { change, emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import { touch } from "../../world/touch.js";
import type { Given, Invoice, InvoiceLine, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { invoiceChange } from "../changing/apply-update.js";
import { needLiving } from "../changing/cancel-subscription.js";
import { periodLines } from "../lines/first-lines.js";
import { debitLine } from "../lines/proration.js";
import { billedFor, noteBilled } from "../terms/billed-item.js";
import { type Resumption, resumptionShown, writeResumption } from "../terms/resumption.js";
import { isMetered } from "../terms/subscription-item.js";
import { cycleOf, periodFrom, setPeriod } from "../terms/subscription-period.js";

export type ResumeFields = Omit<Given<Stripe.SubscriptionResumeParams>, "expand">;

/** How long a resumption's invoice waits for somebody to try to pay it, in seconds. */
const waitsFor = 23 * 3600;

type Restart = { prorations: Proration[]; periods: InvoiceLine[] };

/** Gives the items of a copy the periods that they have after the pause, and works out what they cost. */
const restart = (world: World, ctx: Context, target: Subscription, fields: ResumeFields): Restart => {
  const now = seconds(ctx);
  const lines: Restart = { prorations: [], periods: [] };
  const anew = (fields.billing_cycle_anchor?.type ?? "now") === "now";
  if (anew) {
    target.billing_cycle_anchor = now;
    target.billing_cycle_anchor_config = null;
  }
  for (const item of target.items.data) {
    const period = periodFrom(
      target.billing_cycle_anchor,
      cycleOf(item.price, target),
      now,
      target.cancel_at,
    );
    if (anew) {
      setPeriod(item, period);
      lines.periods.push(...periodLines(world, ctx, target, item, period));
      continue;
    }
    if (isMetered(item.price)) {
      // What was used before the pause has been billed already.
      setPeriod(item, period);
      continue;
    }
    const paidFor = billedFor(world, item).length > 0 && item.current_period_end > now;
    if (paidFor) continue;
    setPeriod(item, { start: period.whole.start, end: period.end });
    lines.prorations.push(debitLine(world, ctx, target, item, fields.proration_date ?? now, period.whole));
  }
  if (fields.proration_behavior === "none") lines.prorations = [];
  return lines;
};

const planOf = (target: Subscription): Omit<Resumption, "expiresAt" | "invoice" | "needsSuccess"> => ({
  anchor: target.billing_cycle_anchor,
  periods: Object.fromEntries(
    target.items.data.map((item) => [
      item.id,
      { start: item.current_period_start, end: item.current_period_end },
    ]),
  ),
});

/** Opens the resumption's invoice; it is charged now only if nothing but its payment ends the pause. */
const askForMoney = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  resumption: Resumption,
  invoice: Invoice,
): void => {
  world.hidden.resumptions[subscription.id] = resumption;
  touch(world, subscription.id);
  finalizeInvoice(world, ctx, invoice);
  if (invoice.amount_due > 0 && !resumption.needsSuccess) return;
  const nextAttempt = retryAt(world, ctx, invoice);
  collectInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), {
    nextAttempt,
    byMerchant: true,
  });
};

/** Starts a paused subscription again. https://docs.stripe.com/api/subscriptions/resume */
export const resumeSubscription = (
  world: World,
  now: Context,
  id: string,
  fields: ResumeFields,
): Subscription => {
  const subscription = needLiving(world, id);
  if (subscription.status !== "paused")
    throw invalidRequest("You can only resume a subscription if it is `paused`.");
  if (subscription.collection_method !== "charge_automatically")
    throw invalidRequest(
      "Only subscriptions with `collection_method` `charge_automatically` can be resumed.",
    );
  return resumeNow(world, atCustomer(world, now, subscription.customer as string), subscription, fields);
};

/** Resumes a subscription that has been checked. */
export const resumeNow = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: ResumeFields,
): Subscription => {
  giveUpResumption(world, ctx, subscription);
  const target = structuredClone(subscription);
  const { prorations, periods } = restart(world, ctx, target, fields);
  createProrationItems(world, ctx, subscription, prorations);
  noteBilled(world, prorations);
  const plan = planOf(target);
  const invoices =
    periods.length > 0 || (fields.proration_behavior === "always_invoice" && prorations.length > 0);
  if (!invoices) {
    change(world, ctx, "customer.subscription.updated", subscription, (draft) =>
      writeResumption(draft, { ...plan, invoice: "", expiresAt: 0, needsSuccess: false }),
    );
    emit(world, ctx, "customer.subscription.resumed", subscription);
    return subscription;
  }
  const expiresAt = seconds(ctx) + waitsFor;
  let invoice: Invoice | undefined;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    invoice = invoiceChange(world, ctx, draft, { periods });
    draft.latest_invoice = invoice.id;
    draft.pending_update = resumptionShown(expiresAt);
  });
  if (!invoice) return subscription;
  const needsSuccess = fields.payment_behavior === "resume_on_payment_success";
  askForMoney(world, ctx, subscription, { ...plan, invoice: invoice.id, expiresAt, needsSuccess }, invoice);
  return subscription;
};

/** Voids the invoice of a resumption that did not come about; the subscription stays paused. */
export const giveUpResumption = (world: World, ctx: Context, subscription: Subscription): void => {
  const resumption = find(world.hidden.resumptions, subscription.id);
  if (!resumption) return;
  delete world.hidden.resumptions[subscription.id];
  touch(world, subscription.id);
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.pending_update = null;
  });
  const invoice = find<Invoice>(world.invoices, resumption.invoice);
  if (invoice?.status === "open") voidInvoice(world, ctx, invoice);
};
