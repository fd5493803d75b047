import { findPromotionCode, redeem } from "../../discounts/redeem.js";
import type { Context } from "../../world/context.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { CheckoutSession, LineItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { isStarted } from "../terms/checkout-line.js";
import type { HiddenCheckout } from "../terms/checkout-order.js";
import { chooseShipping } from "../terms/checkout-shipping.js";
import { recomputeCheckout } from "../terms/checkout-totals.js";
import { needOpen } from "../terms/need-open-checkout.js";

/** What a customer may change in an order before paying for it. */
export type CheckoutChange = {
  /** Line ids → quantities. */
  quantities?: Record<string, number>;
  /** As typed; an empty text removes the code. */
  promotionCode?: string;
  shippingRate?: string;
};

/** How many of an adjustable line the customer may take. */
export const limitsOf = (line: LineItem): { minimum: number; maximum: number } => ({
  minimum: line.adjustable_quantity?.minimum ?? 0,
  maximum: line.adjustable_quantity?.maximum ?? 99,
});

const setQuantities = (hidden: HiddenCheckout, quantities: Record<string, number>): void => {
  const wanted = Object.entries(quantities).map(([id, quantity]) => {
    const line = hidden.lineItems.find((item) => item.id === id);
    if (!line?.adjustable_quantity?.enabled)
      throw invalidRequest(`The quantity of ${id} can't be adjusted.`, undefined, "line_items");
    const { minimum, maximum } = limitsOf(line);
    if (!Number.isInteger(quantity) || quantity < minimum || quantity > maximum)
      throw invalidRequest("This quantity is out of range.", "parameter_invalid_integer", "quantity");
    return { line, quantity };
  });
  const left = (line: LineItem) => wanted.find((one) => one.line === line)?.quantity ?? line.quantity ?? 1;
  if (hidden.lineItems.every((line) => left(line) === 0))
    throw invalidRequest("At least one item must remain.", "parameter_invalid_integer", "quantity");
  for (const { line, quantity } of wanted) line.quantity = quantity;
};

const setCode = (
  world: World,
  ctx: Context,
  session: CheckoutSession,
  hidden: HiddenCheckout,
  typed: string,
): void => {
  if (session.allow_promotion_codes !== true)
    throw invalidRequest("This Checkout Session takes no promotion codes.", undefined, "promotion_code");
  if (typed.trim() === "") {
    hidden.discount = null;
    session.discounts = [];
    return;
  }
  const { customer } = hidden.progress;
  const found = findPromotionCode(world, typed, customer);
  if (!found) throw invalidRequest("This code is invalid.", "resource_missing", "promotion_code");
  if (found.restrictions.first_time_transaction && session.customer_creation === "if_required")
    throw invalidRequest("This code is invalid.", "promotion_code_customer_not_first_time", "promotion_code");
  const { coupon } = redeem(world, ctx, {
    promotion_code: found.id,
    customer,
    amount: session.amount_subtotal,
    currency: session.currency ?? "",
  });
  hidden.discount = { coupon: coupon.id, promotion_code: found.id };
  session.discounts = [{ coupon: null, promotion_code: found.id }];
};

/** Changes an open order the way the hosted page does. Refuses before anything is changed. */
export const adjustCheckout = (
  world: World,
  given: Context,
  id: string,
  changes: CheckoutChange,
): CheckoutSession => {
  const { session, hidden } = needOpen(world, id);
  const ctx = atCustomer(world, given, session.customer as string | null);
  if (isStarted(world, hidden))
    throw invalidRequest("A payment for this Checkout Session was already tried; its order is fixed.");
  if (changes.quantities) setQuantities(hidden, changes.quantities);
  if (changes.shippingRate !== undefined) chooseShipping(world, session, changes.shippingRate);
  if (changes.promotionCode !== undefined) setCode(world, ctx, session, hidden, changes.promotionCode);
  recomputeCheckout(world, session, hidden);
  return session;
};
