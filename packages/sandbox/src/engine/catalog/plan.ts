import type Stripe from "stripe";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, Plan, Price } from "../world/wire.js";
import type { World } from "../world/world.js";
import { planOf } from "./plan-of.js";
import { createPrice } from "./price.js";
import type { GivenRecurring } from "./read-recurring.js";
import { changePrice } from "./update-price.js";

export type NewPlan = Omit<Given<Stripe.PlanCreateParams>, "expand"> &
  Pick<GivenRecurring, "aggregate_usage">;
export type PlanFields = Omit<Given<Stripe.PlanUpdateParams>, "expand">;

/** The price behind a plan. */
const needPlan = (world: World, id: string): Price => {
  const price = find<Price>(world.prices, id);
  return price?.recurring ? price : need<Price>({}, "plan", id);
};

const checkNew = (world: World, fields: NewPlan): void => {
  const { amount, amount_decimal, billing_scheme, id } = fields;
  if (find(world.prices, id)) throw invalidRequest("Plan already exists.", "resource_already_exists", "id");
  if (amount === undefined && amount_decimal === undefined && billing_scheme !== "tiered")
    throw invalidRequest("Plans require an `amount` or `amount_decimal` parameter to be set.");
};

/** Creates a plan, which is a recurring price by its old name. */
export const createPlan = (world: World, ctx: Context, fields: NewPlan): Plan => {
  checkNew(world, fields);
  const { amount, amount_decimal, id, interval, interval_count, meter, product, transform_usage, ...rest } =
    fields;
  const { aggregate_usage, metadata, trial_period_days, usage_type, ...same } = rest;
  const price = createPrice(
    world,
    ctx,
    {
      ...same,
      ...(metadata ? { metadata } : {}),
      ...(typeof product === "string" ? { product } : {}),
      ...(typeof product === "object" ? { product_data: product } : {}),
      recurring: {
        interval,
        ...(aggregate_usage === undefined ? {} : { aggregate_usage }),
        ...(interval_count === undefined ? {} : { interval_count }),
        ...(meter === undefined ? {} : { meter }),
        ...(trial_period_days === undefined ? {} : { trial_period_days }),
        ...(usage_type === undefined ? {} : { usage_type }),
      },
      ...(transform_usage === undefined ? {} : { transform_quantity: transform_usage }),
      ...(amount === undefined ? {} : { unit_amount: amount }),
      ...(amount_decimal === undefined ? {} : { unit_amount_decimal: amount_decimal }),
    },
    "",
    id ?? ctx.ids.id("plan"),
  );
  return planOf(price);
};

/** A plan by its id, which may be a price's. */
export const readPlan = (world: World, id: string): Plan => planOf(needPlan(world, id));

/** Changes what may change in a plan. */
export const updatePlan = (world: World, ctx: Context, id: string, fields: PlanFields): Plan => {
  const price = needPlan(world, id);
  const { active, nickname, product, trial_period_days } = fields;
  if (product !== undefined) need(world.products, "product", product, "product");
  const after = changePrice(world, ctx, price, (draft) => {
    if (active !== undefined) draft.active = active;
    if (nickname !== undefined) draft.nickname = nickname || null;
    if (product !== undefined) draft.product = product;
    if (trial_period_days !== undefined && draft.recurring)
      draft.recurring.trial_period_days = trial_period_days;
    draft.metadata = mergeMetadata(draft.metadata, fields.metadata);
  });
  return planOf(after);
};

/** Deletes a plan; whoever already subscribes to it keeps it. */
export const deletePlan = (world: World, ctx: Context, id: string): void => {
  const price = needPlan(world, id);
  if (find(world.products, price.product as string)?.default_price === id)
    throw invalidRequest("This plan cannot be deleted because it is the default price of its product.");
  delete world.prices[id];
  emit(world, ctx, "plan.deleted", planOf(price));
  emit(world, ctx, "price.deleted", price);
};
