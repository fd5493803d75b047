import { planOf } from "../../catalog/plan-of.js";
import { type Context, seconds } from "../../world/context.js";
import type { Price, SubscriptionItem, TaxRate } from "../../world/wire.js";

/** Whether a price is billed by usage, once it has been used. */
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

/** Gives an item another price. */
export const setPrice = (item: SubscriptionItem, price: Price): void => {
  item.price = structuredClone(price);
  item.plan = planOf(price);
  if (isMetered(price)) delete item.quantity;
  else item.quantity ??= 1;
};
