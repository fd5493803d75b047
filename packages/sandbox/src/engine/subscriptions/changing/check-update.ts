import type Stripe from "stripe";
import { checkFuture, checkTrialEnd } from "../../catalog/choose-price.js";
import { needCustomer } from "../../customers/customer.js";
import { checkDiscounts } from "../../discounts/set-discounts.js";
import { checkOwnSource } from "../../methods/on-file.js";
import { needTaxRates } from "../../tax/need-tax-rates.js";
import { needTaxLocation } from "../../tax/tax-location.js";
import { checkCustomFields } from "../../world/check-limits.js";
import { type Context, seconds } from "../../world/context.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Given, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { checkCollection, checkOwnMethod, checkPendingInterval } from "../terms/check-payment-terms.js";
import { checkSubscriptionTerms } from "../terms/check-subscription-terms.js";
import { checkFeedbackOption } from "../terms/feedback-option.js";
import { checkCancellation } from "../terms/schedule-cancel.js";
import { checkItemChanges } from "./check-item-changes.js";
import { checkAddedItems } from "./check-new-subscription.js";

type Params = Given<Stripe.SubscriptionUpdateParams>;
export type ProrationBehavior = "always_invoice" | "create_prorations" | "none";

/** What is to change in a subscription; what is left out stays. */
export type SubscriptionFields = Omit<Params, "expand">;

/** What may come along with `pending_if_incomplete`. https://docs.stripe.com/billing/subscriptions/pending-updates-reference */
const pendable: ReadonlySet<string> = new Set([
  "add_invoice_items",
  "billing_cycle_anchor",
  "cancel_at_period_end",
  "discounts",
  "items",
  "metadata",
  "off_session",
  "payment_behavior",
  "proration_behavior",
  "proration_date",
  "trial_end",
  "trial_from_plan",
]);

/** What a paused subscription can't change; its items can. */
const bills = ["add_invoice_items", "billing_cycle_anchor", "trial_end"] as const;

/** All that a subscription whose first payment is outstanding can change. */
const whileIncomplete: ReadonlySet<string> = new Set(["default_payment_method", "description", "metadata"]);

const checkStatus = (subscription: Subscription, fields: SubscriptionFields): void => {
  const given = Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const wanted =
    subscription.status === "incomplete"
      ? given.find((key) => !whileIncomplete.has(key))
      : subscription.status === "paused"
        ? bills.find((key) => given.includes(key))
        : undefined;
  if (subscription.status === "paused" && wanted === "trial_end")
    throw invalidRequest(
      "You cannot set `trial_end` while a subscription is `paused`. Resume the subscription first before setting " +
        "`trial_end`.",
    );
  if (wanted)
    throw invalidRequest(
      `A subscription in the status \`${subscription.status}\` can't change its \`${wanted}\`.`,
      undefined,
      wanted,
    );
};

const checkPendable = (subscription: Subscription, fields: SubscriptionFields): void => {
  if (fields.payment_behavior !== "pending_if_incomplete") return;
  const other = Object.keys(fields).find((key) => !pendable.has(key));
  if (other !== undefined)
    throw invalidRequest(
      `You cannot update \`${other}\` when \`payment_behavior\` is \`pending_if_incomplete\`.`,
      undefined,
      other,
    );
  if (subscription.collection_method === "send_invoice")
    throw invalidRequest(
      "`payment_behavior` can only be `pending_if_incomplete` if `collection_method` is `charge_automatically`.",
      undefined,
      "payment_behavior",
    );
};

const checkProrationDate = (subscription: Subscription, date: number | undefined): void => {
  if (date === undefined) return;
  const outside = subscription.items.data.some(
    (item) => date < item.current_period_start || date > item.current_period_end,
  );
  if (outside)
    throw invalidRequest(
      "Cannot specify `proration_date` outside of the current period.",
      undefined,
      "proration_date",
    );
};

const checkScheduled = (subscription: Subscription, fields: SubscriptionFields): void => {
  if (subscription.schedule === null) return;
  if (fields.cancel_at === undefined && fields.cancel_at_period_end === undefined) return;
  throw invalidRequest(
    `The subscription is managed by the subscription schedule \`${subscription.schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
    undefined,
    fields.cancel_at === undefined ? "cancel_at_period_end" : "cancel_at",
  );
};

const checkPause = (ctx: Context, fields: SubscriptionFields): void => {
  const resumes = fields.pause_collection?.resumes_at;
  if (typeof resumes === "number") checkFuture(ctx, resumes, "pause_collection[resumes_at]");
};

/**
 * As reported in https://github.com/laravel/cashier-stripe/issues/1775: of a subscription that Stripe itself sells, how a
 * payment may fail is Stripe's own matter.
 */
const checkManaged = ({ managed_payments }: Subscription, fields: SubscriptionFields): void => {
  if (!managed_payments?.enabled || fields.payment_behavior === undefined) return;
  throw invalidRequest(
    "payment_behavior cannot be updated for Subscriptions created by Checkout Sessions with Stripe Managed Payments " +
      "enabled.",
    undefined,
    "payment_behavior",
  );
};

/** Refuses an impossible update, before anything has changed. */
export const checkUpdate = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  fields: SubscriptionFields,
): void => {
  const { customer, currency } = subscription;
  checkStatus(subscription, fields);
  checkScheduled(subscription, fields);
  checkCancellation(ctx, fields);
  checkPendable(subscription, fields);
  checkManaged(subscription, fields);
  checkProrationDate(subscription, fields.proration_date);
  checkPause(ctx, fields);
  checkFeedbackOption(
    world,
    fields.cancellation_details?.feedback_option,
    "cancellation_details[feedback_option]",
  );
  checkPendingInterval(fields.pending_invoice_item_interval);
  checkSubscriptionTerms(world, fields, subscription);
  checkCustomFields(fields.invoice_settings?.custom_fields || null, "invoice_settings[custom_fields]");
  checkOwnMethod(world, customer as string, fields.default_payment_method);
  checkOwnSource(world, customer as string, fields.default_source);
  needTaxRates(world, fields.default_tax_rates, "default_tax_rates");
  needTaxLocation(world, needCustomer(world, customer as string), fields.automatic_tax?.enabled);
  const method = fields.collection_method ?? subscription.collection_method;
  if (fields.collection_method !== undefined || fields.days_until_due !== undefined)
    checkCollection(
      method,
      fields.days_until_due ?? (method === "send_invoice" ? subscription.days_until_due : null),
    );
  if (typeof fields.trial_end === "number") checkTrialEnd(ctx, fields.trial_end);
  if (fields.items) checkItemChanges(world, subscription, fields.items);
  checkAddedItems(world, fields.add_invoice_items, currency);
  const held = [...subscription.discounts] as string[];
  const purchase = { customer: customer as string, currency, amount: null };
  checkDiscounts(world, ctx, { ...purchase, held }, fields.discounts);
  fields.items?.forEach(({ id, discounts }, index) => {
    const own = subscription.items.data.find((item) => item.id === id)?.discounts ?? [];
    const kept = [...held, ...(own as string[])];
    checkDiscounts(world, ctx, { ...purchase, held: kept }, discounts, `items[${index}][discounts]`);
  });
};

/** The moment to prorate from, in seconds. */
export const prorationDate = (ctx: Context, fields: SubscriptionFields): number =>
  fields.proration_date ?? seconds(ctx);
