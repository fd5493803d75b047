import type { Plan, Price } from "../world/wire.js";

/** A recurring price in the shape that came before prices. */
export const planOf = (price: Price): Plan => ({
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
