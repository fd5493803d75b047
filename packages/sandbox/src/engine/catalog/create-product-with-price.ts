import type Stripe from "stripe";
import type { Context } from "../world/context.js";
import { need } from "../world/find.js";
import type { Given, Product } from "../world/wire.js";
import type { World } from "../world/world.js";
import { createPrice } from "./price.js";
import { checkProduct, createProduct } from "./product.js";

type Fields = Omit<Given<Stripe.ProductCreateParams>, "expand">;

/** Creates a product and, with `default_price_data`, the price that it is sold at by default. */
export const createProductWithPrice = (world: World, ctx: Context, fields: Fields): Product => {
  const { default_price_data, ...rest } = fields;
  if (!default_price_data) return createProduct(world, ctx, rest);
  checkProduct(world, rest);
  // Whoever hears of the product hears of its price too, so that the price has its id before it is there.
  const id = ctx.ids.id("price");
  const product_data = { ...rest, default_price: id };
  const price = createPrice(world, ctx, { ...default_price_data, product_data }, "default_price_data", id);
  return need(world.products, "product", price.product as string);
};
