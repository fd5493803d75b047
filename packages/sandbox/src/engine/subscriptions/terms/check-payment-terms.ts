import { need } from "../../world/find.js";
import { invalidRequest, type StripeError } from "../../world/stripe-error.js";
import type { World } from "../../world/world.js";

/** Refuses a card that is not the customer's. */
export const checkOwnMethod = (
  world: World,
  customer: string,
  id: string | null | undefined,
  param = "default_payment_method",
): void => {
  if (!id || need(world.paymentMethods, "PaymentMethod", id, param).customer === customer) return;
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    "resource_missing",
    param,
  );
};

type Interval = { interval: "day" | "month" | "week" | "year"; interval_count?: number } | null | undefined;

/** One year at most. https://docs.stripe.com/api/subscriptions/create#create_subscription-pending_invoice_item_interval */
const longest = { day: 365, week: 52, month: 12, year: 1 } satisfies Record<string, number>;

/** Refuses to bill what waits less often than once a year. */
export const checkPendingInterval = (given: Interval): void => {
  if (!given || (given.interval_count ?? 1) <= longest[given.interval]) return;
  throw invalidRequest(
    `Invalid interval_count: ${given.interval_count}. The maximum interval is one year: ` +
      `${longest[given.interval]} ${given.interval}s.`,
    undefined,
    "pending_invoice_item_interval[interval_count]",
  );
};

/** Refuses invoices that are to be sent without a date by which to pay them, and the reverse. */
export const checkCollection = (method: string, daysUntilDue: number | null): void => {
  if (method === "send_invoice" && daysUntilDue === null)
    throw invalidRequest(
      "If invoice collection method is 'send_invoice', you must specify 'days_until_due'.",
    );
  if (method === "charge_automatically" && daysUntilDue !== null)
    throw invalidRequest(
      "You can only specify 'days_until_due' if invoice collection method is 'send_invoice'.",
    );
};

/** What Stripe answers when a subscription would have to be paid and nothing is on file. */
export const noDefaultMethod = (): StripeError =>
  invalidRequest(
    "This customer has no attached payment source or default payment method. Please consider adding a default " +
      "payment method. For more information, visit " +
      "https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
    "resource_missing",
  );
