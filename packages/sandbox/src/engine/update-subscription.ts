import { needLiving } from "./cancel-subscription.js";
import { changeItems } from "./change-items.js";
import { predictCharge } from "./charge-intent.js";
import { type Context, seconds } from "./context.js";
import { declineBody } from "./decline.js";
import { change } from "./emit.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { need } from "./find.js";
import { createInvoice } from "./invoice.js";
import { defaultMethodOf, payInvoice } from "./pay-invoice.js";
import { createProrationItems } from "./pending-items.js";
import { endTrial } from "./renew-subscription.js";
import { settleSubscription } from "./settle-subscription.js";
import { StripeError } from "./stripe-error.js";
import { checkUpdate, type SubscriptionFields } from "./subscription-update.js";
import type { Invoice, InvoiceLine, Subscription } from "./wire.js";
import type { World } from "./world.js";
import { periodEnd, scheduleCancel, writePlain } from "./write-subscription.js";

const total = (lines: InvoiceLine[]): number => lines.reduce((sum, line) => sum + line.amount, 0);

type Bill = { lines: InvoiceLine[]; now: boolean };

/** What the item changes cost, and whether that is asked for now or with the next renewal. */
const billFor = (world: World, ctx: Context, draft: Subscription, fields: SubscriptionFields): Bill => {
  const behavior = fields.proration_behavior ?? "create_prorations";
  const at = fields.proration_date ?? seconds(ctx);
  const { prorations, periods } = changeItems(world, ctx, draft, fields.items ?? [], at);
  if (draft.status === "trialing") return { lines: [], now: false };
  const kept = behavior === "none" ? [] : prorations;
  return { lines: [...kept, ...periods], now: behavior === "always_invoice" || periods.length > 0 };
};

/** Refuses a change whose money can't be had, when the request says so; nothing has changed then. */
const checkPayable = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: SubscriptionFields,
): void => {
  if (fields.payment_behavior !== "error_if_incomplete" || !fields.items) return;
  const bill = billFor(world, ctx, structuredClone(subscription), fields);
  if (!bill.now || total(bill.lines) <= 0) return;
  const method = defaultMethodOf(world, subscription);
  const answer = method
    ? predictCharge(world, method, fields.off_session ? { offSession: true } : {})
    : "generic_decline";
  if (answer !== "ok")
    throw new StripeError(
      402,
      declineBody(answer === "requires_action" ? "authentication_required" : answer),
    );
};

const collect = (world: World, ctx: Context, subscription: Subscription, lines: InvoiceLine[]): Invoice => {
  const customer = need(world.customers, "customer", subscription.customer as string, "customer");
  const now = seconds(ctx);
  const invoice = createInvoice(world, ctx, {
    customer,
    subscription,
    lines,
    reason: "subscription_update",
    period: { start: now, end: now },
    finalizesAt: null,
  });
  finalizeInvoice(world, ctx, invoice);
  return invoice;
};

/** Changes a subscription; money that is due at once is asked for at once. */
export const updateSubscription = (
  world: World,
  ctx: Context,
  id: string,
  fields: SubscriptionFields,
): Subscription => {
  const subscription = needLiving(world, id);
  checkUpdate(world, ctx, subscription, fields);
  checkPayable(world, ctx, subscription, fields);
  let bill: Bill = { lines: [], now: false };
  let invoice: Invoice | undefined;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    writePlain(world, draft, fields);
    if (fields.items) bill = billFor(world, ctx, draft, fields);
    scheduleCancel(ctx, draft, fields);
    if (draft.cancel_at_period_end) draft.cancel_at = periodEnd(draft);
    if (bill.now && bill.lines.length > 0) {
      invoice = collect(world, ctx, draft, bill.lines);
      draft.latest_invoice = invoice.id;
    }
  });
  if (invoice) settle(world, ctx, invoice, subscription, fields);
  else createProrationItems(world, ctx, subscription, bill.lines);
  if (fields.trial_end === "now" && subscription.status === "trialing") endTrial(world, ctx, subscription);
  return subscription;
};

const settle = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  subscription: Subscription,
  fields: SubscriptionFields,
): void => {
  if (fields.payment_behavior === "default_incomplete" && invoice.amount_due > 0) {
    settleSubscription(world, ctx, invoice, { status: "requires_action" });
    return;
  }
  const options = fields.off_session ? { offSession: true } : {};
  const outcome = payInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), options);
  settleSubscription(world, ctx, invoice, outcome);
};
