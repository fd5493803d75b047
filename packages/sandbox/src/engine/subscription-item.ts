import { type Context, seconds } from "./context.js";
import type { Price, SubscriptionItem, TaxRate } from "./wire.js";

/** The legacy `plan` that still rides along with a recurring price. */
const planOf = (price: Price): SubscriptionItem["plan"] => ({
  id: price.id,
  object: "plan",
  active: price.active,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  billing_scheme: price.billing_scheme,
  created: price.created,
  currency: price.currency,
  interval: price.recurring?.interval ?? "month",
  interval_count: price.recurring?.interval_count ?? 1,
  livemode: false,
  metadata: price.metadata,
  meter: price.recurring?.meter ?? null,
  nickname: price.nickname,
  product: price.product as string,
  tiers_mode: price.tiers_mode,
  transform_usage: price.transform_quantity,
  trial_period_days: price.recurring?.trial_period_days ?? null,
  usage_type: price.recurring?.usage_type ?? "licensed",
});

/** Whether a price is billed by usage, once it was used. */
export const isMetered = (price: Price): boolean => price.recurring?.usage_type === "metered";

export type ItemFields = {
  subscription: string;
  price: Price;
  quantity: number;
  period: { start: number; end: number };
  metadata?: Record<string, string>;
  taxRates?: TaxRate[];
};

export const createItem = (ctx: Context, fields: ItemFields): SubscriptionItem => ({
  id: ctx.ids.id("si").replace("si_1", "si_"),
  object: "subscription_item",
  billing_thresholds: null,
  created: seconds(ctx),
  current_period_end: fields.period.end,
  current_period_start: fields.period.start,
  current_trial: null,
  discounts: [],
  metadata: fields.metadata ?? {},
  plan: planOf(fields.price),
  price: structuredClone(fields.price),
  // A metered price has no quantity: usage decides what it costs.
  ...(isMetered(fields.price) ? {} : { quantity: fields.quantity }),
  subscription: fields.subscription,
  tax_rates: fields.taxRates ?? [],
});

/** Puts another price under an item. */
export const setPrice = (item: SubscriptionItem, price: Price): void => {
  item.price = structuredClone(price);
  item.plan = planOf(price);
  if (isMetered(price)) delete item.quantity;
  else item.quantity ??= 1;
};
