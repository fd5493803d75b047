import { wholeOrNull } from "../money/decimal.js";
import { type Context, seconds } from "../world/context.js";
import { need } from "../world/find.js";
import type { Price, Product } from "../world/wire.js";
import type { World } from "../world/world.js";
import { blankProduct } from "./product.js";

/** The product behind an amount that a request gave without one. Stripe keeps it inactive. */
const oneOffProduct = (world: World, ctx: Context, name: string): Product => {
  const product = { ...blankProduct(ctx.ids.id("prod"), name, seconds(ctx)), active: false };
  world.products[product.id] = product;
  return product;
};

export type OneOff = {
  currency: string;
  /** In the minor unit, as a decimal. */
  unitAmount: string;
  /** An existing product's id. */
  product?: string;
  /** Names the product that is made when none is given. */
  name?: string | null;
  taxBehavior?: "exclusive" | "inclusive" | "unspecified";
};

/**
 * The inactive price that Stripe mints for an amount or `price_data` on one invoice. Stripe sends no event.
 */
export const mintPrice = (world: World, ctx: Context, given: OneOff): Price => {
  const product =
    given.product === undefined
      ? oneOffProduct(world, ctx, given.name || "Invoice item").id
      : need(world.products, "product", given.product, "price_data[product]").id;
  const price: Price = {
    id: ctx.ids.id("price"),
    object: "price",
    active: false,
    billing_scheme: "per_unit",
    created: seconds(ctx),
    currency: given.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: null,
    tax_behavior: given.taxBehavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "one_time",
    unit_amount: wholeOrNull(given.unitAmount),
    unit_amount_decimal: given.unitAmount,
  };
  world.prices[price.id] = price;
  return price;
};
