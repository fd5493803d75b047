import type { PaymentPage } from "../../engine/checkout/completing/payment-page.js";

/** An amount as Stripe.js gives it to a page: for arithmetic, and for people. @public named by the declarations of what uses it */
export interface CheckoutAmount {
  readonly minorUnitsAmount: number;
  readonly amount: string;
}

/** Writes an amount of the session's currency. */
export type Money = (minorUnitsAmount: number) => CheckoutAmount;
type Line = PaymentPage["line_items"][number];

/** What codes and coupons take off, or null without any. */
export function discountsOf(page: PaymentPage, money: Money) {
  if (page.discounts.length === 0) return null;
  return page.discounts.map((discount) => ({
    ...money(discount.amount),
    displayName: discount.name ?? discount.code ?? "",
    promotionCode: discount.code,
    percentOff: discount.percent_off,
    recurring:
      discount.duration === "forever"
        ? { type: "forever" }
        : discount.duration === "repeating"
          ? { type: "repeating", durationInMonths: discount.duration_in_months }
          : null,
  }));
}

/** The taxes that come on top of the price, and those that are in it. */
export function taxesOf(line: Line): { exclusive: number; inclusive: number } {
  const exclusive = line.amount_total - (line.amount_subtotal - line.amount_discount);
  return { exclusive, inclusive: line.amount_tax - exclusive };
}

/** One thing that is sold, as `checkout.lineItems` shows it. */
export function lineOf(line: Line, page: PaymentPage, money: Money) {
  const { price } = line;
  const { exclusive, inclusive } = taxesOf(line);
  const limits = line.adjustable_quantity;
  return {
    id: line.id,
    name: line.description ?? "",
    description: null,
    discount: money(line.amount_discount),
    subtotal: money(line.amount_subtotal),
    total: money(line.amount_total),
    taxExclusive: money(exclusive),
    taxInclusive: money(inclusive),
    unitAmount: money(price?.unit_amount ?? 0),
    unitAmountDecimal: null,
    quantity: line.quantity ?? 1,
    unitLabel: null,
    discountAmounts: line.amount_discount > 0 ? discountsOf(page, money) : null,
    taxAmounts: null,
    recurring: price?.recurring
      ? {
          interval: price.recurring.interval,
          intervalCount: price.recurring.interval_count,
          usageType: price.recurring.usage_type,
        }
      : null,
    adjustableQuantity: limits?.enabled
      ? { minimum: limits.minimum ?? 0, maximum: limits.maximum ?? 99 }
      : null,
    images: [],
    priceId: price?.id ?? "",
    isRemovable: Boolean(limits?.enabled && (limits.minimum ?? 0) === 0 && page.line_items.length > 1),
    pricing: null,
    transformQuantity: null,
  };
}

/** What will be asked for with each interval, if anything recurs. */
export function recurringOf(page: PaymentPage, money: Money) {
  const lines = page.line_items.filter((line) => line.price?.recurring);
  const terms = lines[0]?.price?.recurring;
  if (!terms) return null;
  const full = (line: Line): number => (line.price?.unit_amount ?? 0) * (line.quantity ?? 1);
  const subtotal = lines.reduce((sum, line) => sum + full(line), 0);
  const hasTrial = page.trial_end !== null || page.trial_period_days !== null;
  const lasting = page.discounts.some(({ duration }) => duration !== "once") && !hasTrial;
  const discount = lasting ? lines.reduce((sum, line) => sum + line.amount_discount, 0) : 0;
  const exclusive = lines.reduce((sum, line) => sum + taxesOf(line).exclusive, 0);
  const inclusive = lines.reduce((sum, line) => sum + taxesOf(line).inclusive, 0);
  return {
    interval: terms.interval,
    intervalCount: terms.interval_count,
    isProrated: false,
    dueNext: {
      subtotal: money(subtotal),
      total: money(subtotal - discount + exclusive),
      discount: money(discount),
      taxInclusive: money(inclusive),
      taxExclusive: money(exclusive),
      billingCycleAnchor: null,
    },
    trial: hasTrial ? trialOf(page) : null,
  };
}

function trialOf({ trial_end: end, trial_period_days: days }: PaymentPage) {
  const now = Date.now() / 1000;
  return {
    trialEnd: end ?? Math.floor(now + (days ?? 0) * 86_400),
    trialPeriodDays: days ?? Math.ceil(((end ?? now) - now) / 86_400),
  };
}
