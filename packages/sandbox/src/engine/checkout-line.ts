import type { Context } from "./context.js";
import { need } from "./find.js";
import { productName } from "./invoice-line.js";
import { createPrice, type NewPrice } from "./price.js";
import { priceAmount } from "./price-amount.js";
import { invalidRequest } from "./stripe-error.js";
import type { LineItem, Price } from "./wire.js";
import type { World } from "./world.js";

export type CheckoutLine = {
  price?: string;
  price_data?: NewPrice;
  quantity?: number;
  adjustable_quantity?: { enabled: boolean; minimum?: number; maximum?: number };
};

const priceOf = (world: World, ctx: Context, line: CheckoutLine, index: number): Price => {
  const param = `line_items[${index}][price]`;
  if (line.price !== undefined) {
    const price = need(world.prices, "price", line.price, param);
    if (!price.active)
      throw invalidRequest(
        "The price specified is inactive. This field only accepts active prices.",
        undefined,
        param,
      );
    return price;
  }
  if (line.price_data) return createPrice(world, ctx, { ...line.price_data, active: false });
  throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
};

/** Sets a line's quantity and the amounts that follow from it. */
export const setQuantity = (world: World, line: LineItem, quantity: number): void => {
  const amount = line.price ? priceAmount(world, line.price, quantity, line.currency) : 0;
  line.quantity = quantity;
  line.amount_subtotal = amount;
  line.amount_total = amount;
};

/** One line of a session's order. */
export const checkoutLine = (world: World, ctx: Context, line: CheckoutLine, index: number): LineItem => {
  if (line.quantity === undefined)
    throw invalidRequest(
      `Missing required param: line_items[${index}][quantity].`,
      "parameter_missing",
      `line_items[${index}][quantity]`,
    );
  const price = priceOf(world, ctx, line, index);
  const adjustable = line.adjustable_quantity?.enabled
    ? {
        enabled: true,
        minimum: line.adjustable_quantity.minimum ?? 0,
        maximum: line.adjustable_quantity.maximum ?? 99,
      }
    : null;
  const item: LineItem = {
    id: ctx.ids.id("li"),
    object: "item",
    adjustable_quantity: adjustable,
    amount_discount: 0,
    amount_subtotal: 0,
    amount_tax: 0,
    amount_total: 0,
    currency: price.currency,
    description: productName(world, price),
    metadata: {},
    price: structuredClone(price),
    quantity: 0,
  };
  setQuantity(world, item, line.quantity);
  return item;
};
