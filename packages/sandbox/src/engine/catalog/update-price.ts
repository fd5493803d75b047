import type Stripe from "stripe";
import type { Context } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find, needAt } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { previousAttributes } from "../world/previous-attributes.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, Price } from "../world/wire.js";
import type { World } from "../world/world.js";
import { planOf } from "./plan-of.js";
import { readOptions } from "./price.js";
import { checkLookupKey, claimLookupKey } from "./price-lookup-key.js";
import { showPrice } from "./show-price.js";

export type PriceFields = Omit<Given<Stripe.PriceUpdateParams>, "expand">;

const check = (world: World, price: Price, fields: PriceFields): void => {
  const product = find(world.products, price.product as string);
  if (fields.active === false && price.active && product?.default_price === price.id)
    throw invalidRequest("This price cannot be archived because it is the default price of its product.");
  const set = price.tax_behavior ?? "unspecified";
  if (fields.tax_behavior !== undefined && set !== "unspecified" && fields.tax_behavior !== set)
    throw invalidRequest(
      `The tax behavior of this price is already set to \`${set}\` and can't be changed.`,
      undefined,
      "tax_behavior",
    );
  checkLookupKey(world, fields, price.id);
};

const writeOptions = (world: World, price: Price, given: PriceFields["currency_options"]): void => {
  if (given === undefined) return;
  const parts = find(world.hidden.priceParts, price.id);
  const read = readOptions(given ?? {}, price.currency, price.billing_scheme === "tiered", (key) => key);
  world.hidden.priceParts[price.id] = {
    tiers: parts?.tiers ?? null,
    currency_options: given === null ? {} : { ...parts?.currency_options, ...read },
  };
};

/** Announces a change as the plan's, before it is announced as the price's. */
const tellPlan = (world: World, ctx: Context, before: Price, after: Price): void => {
  if (!after.recurring) return;
  const plan = planOf(after);
  const previous = previousAttributes({ ...planOf(before) }, { ...plan });
  if (Object.keys(previous).length > 0) emit(world, ctx, "plan.updated", plan, previous);
};

/** Changes a price and announces it, as a plan and as a price. */
export const changePrice = (
  world: World,
  ctx: Context,
  price: Price,
  apply: (draft: Price) => void,
): Price => {
  const after = structuredClone(price);
  apply(after);
  tellPlan(world, ctx, price, after);
  change(world, ctx, "price.updated", price, apply);
  showPrice(world, price.id);
  return price;
};

/** Changes what may change in a price; its amount, currency and interval never do. */
export const updatePrice = (world: World, ctx: Context, id: string, fields: PriceFields): Price => {
  const price = needAt(world.prices, "price", id, "price");
  check(world, price, fields);
  writeOptions(world, price, fields.currency_options);
  claimLookupKey(world, ctx, fields, id);
  return changePrice(world, ctx, price, (draft) => {
    if (fields.active !== undefined) draft.active = fields.active;
    if (fields.lookup_key !== undefined) draft.lookup_key = fields.lookup_key || null;
    if (fields.nickname !== undefined) draft.nickname = fields.nickname || null;
    if (fields.tax_behavior !== undefined) draft.tax_behavior = fields.tax_behavior;
    draft.metadata = mergeMetadata(draft.metadata, fields.metadata);
  });
};
