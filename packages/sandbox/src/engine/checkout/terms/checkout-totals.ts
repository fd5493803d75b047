import { priceAmount } from "../../catalog/price-amount.js";
import { amountOffIn, couponBehind, productsOf } from "../../discounts/coupon.js";
import { type Discounted, takeDiscount } from "../../discounts/take-discounts.js";
import { partOf } from "../../subscriptions/lines/proration.js";
import { cycleOf, isShort, periodFrom } from "../../subscriptions/terms/subscription-period.js";
import { addedTax, includedTax, taxLine } from "../../tax/tax-line.js";
import { find } from "../../world/find.js";
import type { CheckoutSession, LineItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { HiddenCheckout } from "./checkout-order.js";
import { checkoutRates } from "./checkout-rates.js";

const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Whether the subscription begins with a trial, during which what recurs costs nothing. */
export const hasTrial = ({ order }: HiddenCheckout): boolean =>
  order.subscription_data?.trial_end !== undefined ||
  order.subscription_data?.trial_period_days !== undefined;

/** Whether the customer's place is known; without it there is no automatic tax. */
const isLocated = (world: World, { progress }: HiddenCheckout): boolean =>
  Boolean(progress.address?.country ?? find(world.customers, progress.customer)?.address?.country);

/** What a line costs today, before discounts and taxes. */
const subtotalOf = (world: World, hidden: HiddenCheckout, line: LineItem, opened: number): number => {
  if (!line.price || (line.price.recurring && hasTrial(hidden))) return 0;
  const whole = priceAmount(world, line.price, line.quantity ?? 0, line.currency);
  const { billing_cycle_anchor: anchor, proration_behavior: proration } =
    hidden.order.subscription_data ?? {};
  if (!line.price.recurring || anchor === undefined) return whole;
  const period = periodFrom(anchor, cycleOf(line.price), opened);
  if (!isShort(period)) return whole;
  return proration === "none" ? 0 : partOf(whole, period);
};

const discounted = (world: World, hidden: HiddenCheckout, currency: string): Discounted[] => {
  const lines = hidden.lineItems.map((line) => ({
    left: line.amount_subtotal,
    product: (line.price?.product ?? null) as string | null,
    discountable: true,
    taken: [],
  }));
  const coupon = couponBehind(world, hidden.discount?.coupon);
  if (coupon)
    takeDiscount(lines, {
      discount: coupon.id,
      percent: coupon.percent_off,
      amount: amountOffIn(world, coupon, currency),
      products: productsOf(world, coupon),
    });
  return lines;
};

/** Writes a line's discounts and taxes. */
const settleLine = (
  world: World,
  hidden: HiddenCheckout,
  line: LineItem,
  left: number,
  { taxed, opened }: { taxed: boolean; opened: number },
): void => {
  const taxes = taxLine(left, checkoutRates(world, hidden, line, taxed, opened));
  line.amount_discount = line.amount_subtotal - left;
  line.amount_tax = addedTax(taxes) + includedTax(taxes);
  line.amount_total = left + addedTax(taxes);
};

/** The part of the whole that the chosen shipping rate costs. */
const shippingOf = (session: CheckoutSession): number => session.shipping_cost?.amount_total ?? 0;

/**
 * Works an open session's amounts out again from its lines, its discount, its taxes and its shipping. `located`
 * says whether automatic tax applies; by default it does once the customer's country is known.
 */
export const recomputeCheckout = (
  world: World,
  session: CheckoutSession,
  hidden: HiddenCheckout,
  located: boolean = isLocated(world, hidden),
): void => {
  if (session.mode === "setup") return;
  for (const line of hidden.lineItems)
    line.amount_subtotal = subtotalOf(world, hidden, line, session.created);
  const left = discounted(world, hidden, session.currency ?? "");
  hidden.lineItems.forEach((line, index) => {
    const rest = left[index]?.left ?? line.amount_subtotal;
    settleLine(world, hidden, line, rest, { taxed: located, opened: session.created });
  });
  if (session.automatic_tax.enabled)
    session.automatic_tax.status = located ? "complete" : "requires_location_inputs";
  session.amount_subtotal = sum(hidden.lineItems.map((line) => line.amount_subtotal));
  session.amount_total = sum(hidden.lineItems.map((line) => line.amount_total)) + shippingOf(session);
  session.total_details = {
    amount_discount: sum(hidden.lineItems.map((line) => line.amount_discount)),
    amount_shipping: session.shipping_cost?.amount_subtotal ?? 0,
    amount_tax:
      sum(hidden.lineItems.map((line) => line.amount_tax)) + (session.shipping_cost?.amount_tax ?? 0),
  };
  session.payment_status = session.amount_total === 0 ? "no_payment_required" : "unpaid";
};
