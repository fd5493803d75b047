import type { StripeCheckoutSession } from "@stripe/stripe-js";
import { type Interval, toInterval } from "@tollgate/core";
import type { PaymentSummary } from "../payment-form/payment-summary.js";
import type { CheckoutFormMessages } from "./checkout-form-messages.js";

type Session = Pick<
  StripeCheckoutSession,
  "lineItems" | "discountAmounts" | "currency" | "total" | "recurring"
>;

/** What is bought, as Stripe charges it: its own amounts, so that what is shown is what is paid. */
export function summaryOf(
  { lineItems, discountAmounts, currency, total, recurring }: Session,
  { tax }: Pick<CheckoutFormMessages, "tax">,
  now: Date,
): PaymentSummary {
  const taxed = total.taxExclusive.minorUnitsAmount;
  const lines = [
    ...lineItems.map(({ name, quantity, subtotal }) => ({
      label: quantity === 1 ? name : `${name} × ${quantity}`,
      amount: subtotal.minorUnitsAmount,
    })),
    ...(discountAmounts ?? []).map(({ displayName, minorUnitsAmount }) => ({
      label: displayName,
      amount: -minorUnitsAmount,
    })),
    ...(taxed === 0 ? [] : [{ label: tax, amount: taxed }]),
  ];
  const summary = { lines, currency, dueNow: total.total.minorUnitsAmount };
  if (recurring === null) return summary;
  const { dueNext, interval, intervalCount, trial } = recurring;
  const every = toInterval(interval, intervalCount);
  const on = trial ? new Date(trial.trialEnd * 1000) : after(now, interval, intervalCount);
  const amount = dueNext.total.minorUnitsAmount;
  return { ...summary, dueLater: { amount, on: on.toISOString(), ...(every && { every }) } };
}

/** Whether anything is paid, now or later: otherwise no card is asked for. */
export function isFree({ total, recurring }: Session): boolean {
  return total.total.minorUnitsAmount === 0 && (recurring?.dueNext.total.minorUnitsAmount ?? 0) === 0;
}

function after(now: Date, unit: Extract<Interval, "day" | "week" | "month" | "year">, count: number): Date {
  const date = new Date(now);
  if (unit === "day" || unit === "week") date.setDate(now.getDate() + count * (unit === "week" ? 7 : 1));
  else {
    date.setMonth(now.getMonth() + count * (unit === "year" ? 12 : 1));
    // The last day of a month that does not have this one.
    if (date.getDate() !== now.getDate()) date.setDate(0);
  }
  return date;
}
