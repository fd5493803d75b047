import { checkCurrency, checkPrice, currencyOf } from "../../catalog/choose-price.js";
import { offersCurrency, priceAmount } from "../../catalog/price-amount.js";
import { needCustomer } from "../../customers/customer.js";
import { checkDiscounts } from "../../discounts/set-discounts.js";
import { checkOwnSource } from "../../methods/on-file.js";
import { needTaxRates } from "../../tax/need-tax-rates.js";
import { needTaxLocation } from "../../tax/tax-location.js";
import { checkCustomFields } from "../../world/check-limits.js";
import type { Context } from "../../world/context.js";
import { find } from "../../world/find.js";
import { rowsOf } from "../../world/owned-rows.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Customer } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { checkCollection, checkOwnMethod, checkPendingInterval } from "../terms/check-payment-terms.js";
import { checkSubscriptionTerms } from "../terms/check-subscription-terms.js";
import type { NewSubscription, Terms } from "../terms/new-subscription.js";
import { cycleOf } from "../terms/subscription-period.js";
import { termsOf } from "../terms/subscription-terms.js";

/** Refuses a price that is named twice; Stripe asks for a quantity instead. */
const checkDuplicates = (prices: readonly (string | undefined)[]): void => {
  const twice = prices.find((price, index) => price !== undefined && prices.indexOf(price) < index);
  if (twice !== undefined)
    throw invalidRequest(
      `Cannot create a Subscription with multiple Subscription Items with the same Price: ${twice}`,
      undefined,
      "plan",
    );
};

/** Refuses impossible one-time items of an invoice. */
export const checkAddedItems = (
  world: World,
  items: NewSubscription["add_invoice_items"],
  currency: string,
): void => {
  (items ?? []).forEach((item, index) => {
    const param = `add_invoice_items[${index}]`;
    if (!checkPrice(world, item, param, "one_time"))
      throw invalidRequest(
        `Missing required param: ${param}[price].`,
        "parameter_missing",
        `${param}[price]`,
      );
    checkCurrency(world, item, currency, `${param}[price]`);
    needTaxRates(world, item.tax_rates, `${param}[tax_rates]`);
  });
};

/** Refuses a price that can't be paid in the currency of the first. */
const checkSameCurrency = (
  world: World,
  item: NewSubscription["items"][number],
  currency: string,
  param: string,
): void => {
  const price = find(world.prices, item.price ?? item.plan);
  const own = currencyOf(world, item);
  if (price ? offersCurrency(world, price, currency) : own === currency) return;
  throw invalidRequest(
    `This \`price\` has \`currency=${own}\`, but other items use \`currency=${currency}\`. All items must have ` +
      "pricing in the same currency. When using multi-currency prices, you can specify `currency` at the top level, " +
      "to be used by all items.",
    undefined,
    param,
  );
};

const checkItems = (world: World, fields: NewSubscription): string => {
  if (fields.items.length === 0)
    throw invalidRequest("Missing required param: items.", "parameter_missing", "items");
  if (fields.items.length > 20)
    throw invalidRequest("A subscription can have up to 20 items.", undefined, "items");
  fields.items.forEach((item, index) => {
    const param = `items[${index}]`;
    if (!checkPrice(world, item, param))
      throw invalidRequest(
        `Missing required param: ${param}[price].`,
        "parameter_missing",
        `${param}[price]`,
      );
    needTaxRates(world, item.tax_rates, `${param}[tax_rates]`);
  });
  checkDuplicates(fields.items.map((item) => item.price ?? item.plan));
  const first = fields.items[0];
  const currency = fields.currency?.toLowerCase() ?? (first && currencyOf(world, first)) ?? "usd";
  fields.items.forEach((item, index) => {
    if (fields.currency === undefined) checkSameCurrency(world, item, currency, `items[${index}][price]`);
    else checkCurrency(world, item, currency, `items[${index}][price]`);
  });
  return currency;
};

const rhythmsOf = (world: World, fields: NewSubscription) =>
  fields.items.map((item) => {
    const price = find(world.prices, item.price ?? item.plan);
    if (price) return cycleOf(price);
    const { interval = "month", interval_count = 1 } = item.price_data?.recurring ?? {};
    return { interval, interval_count };
  });

const checkRhythms = (fields: NewSubscription, rhythms: ReturnType<typeof rhythmsOf>): void => {
  const kinds = new Set(rhythms.map(({ interval, interval_count }) => `${interval_count} ${interval}`));
  if (kinds.size > 1 && fields.billing_mode?.type === "classic")
    throw invalidRequest(
      "All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count` unless its billing mode is `flexible`.",
      undefined,
      "items",
    );
};

/** What the items come to, for promotion codes with a minimum; null if a price is made for the occasion. */
const costOf = (world: World, { items }: NewSubscription, currency: string): number | null =>
  items.reduce<number | null>((sum, item) => {
    const price = find(world.prices, item.price ?? item.plan);
    return sum === null || !price ? null : sum + priceAmount(world, price, item.quantity ?? 1, currency);
  }, 0);

/** "up to 500 active or scheduled subscriptions": https://docs.stripe.com/api/subscriptions/create */
const mostSubscriptions = 500;
const over: readonly string[] = ["canceled", "incomplete_expired"];

const checkRoom = (world: World, customer: string): void => {
  const running = rowsOf(world, "sub", customer).filter(({ status }) => !over.includes(status));
  if (running.length >= mostSubscriptions)
    throw invalidRequest(
      `Customer ${customer} already has the maximum ${mostSubscriptions} current subscriptions.`,
      "customer_max_subscriptions",
      "customer",
    );
};

export type CheckedSubscription = { customer: Customer; currency: string; terms: Terms };

/** Refuses an impossible new subscription, before anything is created. */
export const checkNewSubscription = (
  world: World,
  ctx: Context,
  fields: NewSubscription,
): CheckedSubscription => {
  const customer = needCustomer(world, fields.customer);
  const currency = checkItems(world, fields);
  checkRoom(world, customer.id);
  checkPendingInterval(fields.pending_invoice_item_interval);
  checkSubscriptionTerms(world, fields);
  checkCustomFields(fields.invoice_settings?.custom_fields, "invoice_settings[custom_fields]");
  const rhythms = rhythmsOf(world, fields);
  checkRhythms(fields, rhythms);
  checkAddedItems(world, fields.add_invoice_items, currency);
  checkOwnMethod(world, customer.id, fields.default_payment_method);
  checkOwnSource(world, customer.id, fields.default_source);
  checkCollection(fields.collection_method ?? "charge_automatically", fields.days_until_due ?? null);
  needTaxRates(world, fields.default_tax_rates, "default_tax_rates");
  needTaxLocation(world, customer, fields.automatic_tax?.enabled);
  const purchase = { customer: customer.id, currency, amount: costOf(world, fields, currency), held: [] };
  checkDiscounts(world, ctx, purchase, fields.discounts);
  fields.items.forEach(({ discounts }, index) => {
    checkDiscounts(world, ctx, purchase, discounts, `items[${index}][discounts]`);
  });
  if (fields.payment_behavior === "pending_if_incomplete")
    throw invalidRequest(
      "Setting `payment_behavior` to `pending_if_incomplete` has no effect when creating a subscription.",
      undefined,
      "payment_behavior",
    );
  const planDays = Math.max(
    0,
    ...fields.items.map(
      (item) => find(world.prices, item.price ?? item.plan)?.recurring?.trial_period_days ?? 0,
    ),
  );
  return { customer, currency, terms: termsOf(ctx, fields, rhythms, planDays) };
};
