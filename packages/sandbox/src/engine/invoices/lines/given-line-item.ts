import type Stripe from "stripe";
import { createPrice } from "../../catalog/price.js";
import { amountFor } from "../../catalog/price-amount.js";
import type { Context } from "../../world/context.js";
import { need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Given, LineItem, Price } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { productName } from "./invoice-line.js";

export type GivenLineItem = {
  price?: string;
  price_data?: Given<Stripe.PaymentLinkCreateParams.LineItem.PriceData>;
  quantity?: number;
  adjustable_quantity?: { enabled: boolean; maximum?: number; minimum?: number };
};

/** Refuses a line that names no price or a bad one; returns its currency. */
const checkLine = (world: World, line: GivenLineItem, at: string): string => {
  if (line.price !== undefined && line.price_data)
    throw invalidRequest(
      "You may only specify one of these parameters: price, price_data.",
      "parameters_exclusive",
      `${at}[price]`,
    );
  if (line.price_data) {
    const { currency, product } = line.price_data;
    if (product !== undefined) need(world.products, "product", product, `${at}[price_data][product]`);
    return currency.toLowerCase();
  }
  if (line.price === undefined)
    throw invalidRequest(`Missing required param: ${at}[price].`, "parameter_missing", `${at}[price]`);
  const price = need<Price>(world.prices, "price", line.price, `${at}[price]`);
  if (!price.active)
    throw invalidRequest(
      "The price specified is inactive. This field only accepts active prices.",
      undefined,
      `${at}[price]`,
    );
  return price.currency;
};

const priceOf = (world: World, ctx: Context, line: GivenLineItem): Price =>
  line.price_data
    ? createPrice(world, ctx, {
        ...line.price_data,
        active: false,
        currency: line.price_data.currency.toLowerCase(),
      })
    : need<Price>(world.prices, "price", line.price ?? "", "line_items");

/** Whether a line is billed again and again. */
export const isRecurring = (line: LineItem): boolean => line.price?.recurring != null;

/** Refuses lines that name no price, or prices in several currencies. */
export const checkLineItems = (world: World, lines: readonly GivenLineItem[], param = "line_items"): void => {
  if (lines.length === 0)
    throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  const currencies = lines.map((line, index) => checkLine(world, line, `${param}[${index}]`));
  if (new Set(currencies).size > 1)
    throw invalidRequest("All line items must have the same currency.", undefined, param);
};

/** The lines of a quote or a payment link, checked before. */
export const lineItemsOf = (world: World, ctx: Context, lines: readonly GivenLineItem[]): LineItem[] =>
  lines.map((line) => {
    const price = priceOf(world, ctx, line);
    const quantity = line.quantity ?? 1;
    const amount = amountFor(world, price, quantity);
    const { enabled = false, minimum, maximum } = line.adjustable_quantity ?? {};
    return {
      id: ctx.ids.id("li"),
      object: "item" as const,
      adjustable_quantity: enabled ? { enabled, minimum: minimum ?? 0, maximum: maximum ?? 99 } : null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: productName(world, price),
      metadata: {},
      price: structuredClone(price),
      quantity,
    };
  });
