import type Stripe from "stripe";
import { collectInvoice } from "../../collection/collect-invoice.js";
import { createProrationItems } from "../../invoices/items/pending-items.js";
import type { Proration } from "../../invoices/lines/invoice-line.js";
import { usageLines } from "../../invoices/lines/usage-lines.js";
import { finalizeInvoice } from "../../invoices/paying/finalize-invoice.js";
import { defaultMethodOf } from "../../invoices/paying/pay-invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Given, InvoiceLine, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { invoiceChange } from "../changing/apply-update.js";
import { needLiving } from "../changing/cancel-subscription.js";
import { enterPause } from "../changing/enter-pause.js";
import { creditLines } from "../lines/proration.js";
import { isMetered } from "../terms/subscription-item.js";

export type PauseFields = Omit<Given<Stripe.SubscriptionPauseParams>, "expand">;

const pausable: readonly string[] = ["active", "past_due", "trialing"];

/** Why a subscription can't be paused, schedules aside; undefined if it can. */
const hindrance = (subscription: Subscription): string | undefined => {
  if (subscription.billing_mode.type !== "flexible") return "its `billing_mode` is not `flexible`";
  if (subscription.collection_method !== "charge_automatically")
    return "its `collection_method` is not `charge_automatically`";
  return pausable.includes(subscription.status) ? undefined : `its status is \`${subscription.status}\``;
};

/** Whether a subscription can be paused. https://docs.stripe.com/billing/subscriptions/pause#limitations */
export const isPausable = (subscription: Subscription): boolean => hindrance(subscription) === undefined;

const checkPausable = (subscription: Subscription): void => {
  const scheduled = subscription.schedule === null ? undefined : "it is managed by a subscription schedule";
  const why = scheduled ?? hindrance(subscription);
  if (why) throw invalidRequest(`This subscription cannot be paused because ${why}.`);
};

const isLicensed = ({ price }: SubscriptionItem): boolean => !isMetered(price);

/** What is given back for the time that a pause takes away. */
const unusedTime = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: PauseFields,
): Proration[] => {
  const { type: from = "now" } = fields.bill_for?.unused_time_from ?? {};
  if (from === "none" || subscription.status === "trialing") return [];
  return subscription.items.data.filter(isLicensed).flatMap((item) => {
    const at = from === "now" ? seconds(ctx) : item.current_period_start;
    const lines = creditLines(world, ctx, subscription, item, at);
    // What was given back can't be given back again, and has to be paid again after the pause.
    delete world.hidden.billed[item.id];
    return lines;
  });
};

/** The usage of metered prices until the pause. */
const usageSoFar = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: PauseFields,
): InvoiceLine[] =>
  fields.bill_for?.outstanding_usage_through?.type === "none"
    ? []
    : subscription.items.data.flatMap((item) => usageLines(world, ctx, subscription, item, seconds(ctx)));

/** Pauses a subscription that has been checked: no invoices and no new periods until it is resumed. */
export const pauseNow = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: PauseFields,
): void => {
  const usage = usageSoFar(world, ctx, subscription, fields);
  const credits = [...usage, ...unusedTime(world, ctx, subscription, fields)];
  const invoices = fields.invoicing_behavior === "invoice" && credits.length > 0;
  createProrationItems(world, ctx, subscription, credits);
  enterPause(world, ctx, subscription, "pause_requested", (draft) => {
    if (invoices) draft.latest_invoice = invoiceChange(world, ctx, draft, { periods: [] }).id;
  });
  const invoice = invoices ? world.invoices[subscription.latest_invoice as string] : undefined;
  if (!invoice) return;
  finalizeInvoice(world, ctx, invoice);
  collectInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), { byMerchant: true });
};

/** Pauses a subscription. https://docs.stripe.com/api/subscriptions/pause */
export const pauseSubscription = (
  world: World,
  now: Context,
  id: string,
  fields: PauseFields,
): Subscription => {
  const subscription = needLiving(world, id);
  const ctx = atCustomer(world, now, subscription.customer as string);
  checkPausable(subscription);
  pauseNow(world, ctx, subscription, fields);
  return subscription;
};
