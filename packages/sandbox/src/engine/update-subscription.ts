import { needLiving } from "./cancel-subscription.js";
import { changeItems, checkItems, type ItemChange } from "./change-items.js";
import { predictCharge } from "./charge-intent.js";
import { type Context, seconds } from "./context.js";
import { declineBody } from "./decline.js";
import { change } from "./emit.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { need } from "./find.js";
import { createInvoice } from "./invoice.js";
import { type MetadataChange, mergeMetadata } from "./metadata.js";
import type { MissingMethod } from "./new-subscription.js";
import { defaultMethodOf, payInvoice } from "./pay-invoice.js";
import { endTrial } from "./renew-subscription.js";
import { settleSubscription } from "./settle-subscription.js";
import { invalidRequest, StripeError } from "./stripe-error.js";
import type { Invoice, InvoiceLine, Subscription } from "./wire.js";
import type { World } from "./world.js";

export type ProrationBehavior = "always_invoice" | "create_prorations" | "none";

export type SubscriptionFields = {
  cancel_at?: number | null;
  cancel_at_period_end?: boolean;
  cancellation_details?: { comment?: string | null; feedback?: string | null };
  default_payment_method?: string | null;
  description?: string | null;
  items?: ItemChange[];
  metadata?: MetadataChange;
  missing_payment_method?: MissingMethod;
  payment_behavior?: "allow_incomplete" | "default_incomplete" | "error_if_incomplete";
  off_session?: boolean;
  proration_behavior?: ProrationBehavior;
  /** The moment to prorate from, in seconds. */
  proration_date?: number;
  /** Seconds since 1970, or "now". */
  trial_end?: number | "now";
};

/** When the running period ends; with several rhythms, the first of them. */
export const periodEnd = (subscription: Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));

const scheduleCancel = (ctx: Context, draft: Subscription, fields: SubscriptionFields): void => {
  const { cancel_at, cancel_at_period_end } = fields;
  if (cancel_at === undefined && cancel_at_period_end === undefined) return;
  const at = cancel_at_period_end ? periodEnd(draft) : (cancel_at ?? null);
  draft.cancel_at_period_end = cancel_at_period_end ?? false;
  draft.cancel_at = at;
  draft.canceled_at = at === null ? null : seconds(ctx);
  draft.cancellation_details = {
    comment: at === null ? null : (fields.cancellation_details?.comment ?? null),
    feedback: at === null ? null : (fields.cancellation_details?.feedback ?? null),
    feedback_option: null,
    reason: at === null ? null : "cancellation_requested",
  };
};

const writePlain = (world: World, draft: Subscription, fields: SubscriptionFields): void => {
  draft.metadata = mergeMetadata(draft.metadata, fields.metadata);
  if (fields.description !== undefined) draft.description = fields.description;
  if (fields.missing_payment_method && draft.trial_settings)
    draft.trial_settings.end_behavior.missing_payment_method = fields.missing_payment_method;
  if (fields.default_payment_method !== undefined)
    draft.default_payment_method = fields.default_payment_method;
  if (typeof fields.trial_end === "number") {
    draft.trial_start ??= draft.created;
    draft.trial_end = fields.trial_end;
    draft.status = "trialing";
    draft.billing_cycle_anchor = fields.trial_end;
    for (const item of draft.items.data) item.current_period_end = fields.trial_end;
    delete world.hidden.trialsAnnounced[draft.id];
  }
};

const check = (world: World, ctx: Context, subscription: Subscription, fields: SubscriptionFields): void => {
  if (fields.cancel_at != null && fields.cancel_at_period_end)
    throw invalidRequest(
      "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
      "parameters_exclusive",
    );
  if (fields.default_payment_method) {
    const method = need(
      world.paymentMethods,
      "PaymentMethod",
      fields.default_payment_method,
      "default_payment_method",
    );
    if (method.customer !== subscription.customer)
      throw invalidRequest(
        "The payment method must be attached to the customer.",
        "resource_missing",
        "default_payment_method",
      );
  }
  if (fields.cancel_at != null && fields.cancel_at <= seconds(ctx))
    throw invalidRequest("The `cancel_at` date must be in the future.", undefined, "cancel_at");
  if (typeof fields.trial_end === "number" && fields.trial_end <= seconds(ctx))
    throw invalidRequest(
      "Invalid timestamp: must be an integer Unix timestamp in the future.",
      undefined,
      "trial_end",
    );
  if (fields.items) checkItems(world, subscription, fields.items);
};

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
  const pending = world.hidden.pendingLines[subscription.id] ?? [];
  delete world.hidden.pendingLines[subscription.id];
  const now = seconds(ctx);
  const invoice = createInvoice(world, ctx, {
    customer,
    subscription,
    lines: [...pending, ...lines],
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
  check(world, ctx, subscription, fields);
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
  else if (bill.lines.length > 0)
    world.hidden.pendingLines[id] = [...(world.hidden.pendingLines[id] ?? []), ...bill.lines];
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
