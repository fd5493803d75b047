import { createPrice } from "../../catalog/price.js";
import { productName } from "../../invoices/lines/invoice-line.js";
import type { Context } from "../../world/context.js";
import { find, need } from "../../world/find.js";
import { mergeMetadata } from "../../world/metadata.js";
import type { LineItem, Price } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { CheckoutOrder, HiddenCheckout } from "./checkout-order.js";

type GivenLine = NonNullable<CheckoutOrder["line_items"]>[number];

const priceOf = (world: World, ctx: Context, line: GivenLine): Price => {
  const data = line.price_data;
  if (!data) return need(world.prices, "price", line.price ?? "", "price");
  // A price for one order is never offered again: https://docs.stripe.com/api/checkout/sessions/create
  return createPrice(world, ctx, { ...data, active: false });
};

const adjustableOf = (given: GivenLine["adjustable_quantity"]): LineItem["adjustable_quantity"] =>
  given?.enabled ? { enabled: true, minimum: given.minimum ?? 0, maximum: given.maximum ?? 99 } : null;

/** One line of a session's order, checked before; its amounts follow from the whole order. */
export const checkoutLine = (world: World, ctx: Context, line: GivenLine, currency: string): LineItem => {
  const price = priceOf(world, ctx, line);
  return {
    id: ctx.ids.id("li"),
    object: "item",
    adjustable_quantity: adjustableOf(line.adjustable_quantity),
    amount_discount: 0,
    amount_subtotal: 0,
    amount_tax: 0,
    amount_total: 0,
    currency,
    description: productName(world, price),
    metadata: mergeMetadata({}, line.metadata),
    price: structuredClone(price),
    quantity: line.quantity ?? null,
  };
};

/** A subscription's order may change between two attempts, but not while one waits for its customer. */
const isHeld = (world: World, { order, progress }: HiddenCheckout): boolean => {
  const intent = find(world.paymentIntents, progress.paymentIntent);
  return intent !== undefined && (order.mode !== "subscription" || intent.status === "requires_action");
};

/**
 * Whether an attempt to pay has fixed the order, which then stays as it is.
 * https://docs.stripe.com/changelog/basil/2025-03-31/checkout-legacy-subscription-upgrade
 */
export const isStarted = (world: World, hidden: HiddenCheckout): boolean =>
  hidden.progress.subscription !== null ||
  isHeld(world, hidden) ||
  // A setup session has its intent from the beginning.
  (hidden.progress.setupIntent !== null && hidden.order.mode !== "setup");
