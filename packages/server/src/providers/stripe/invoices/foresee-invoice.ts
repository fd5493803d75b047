import type { SubscriptionRef, UpcomingInvoice } from "@tollgate/core";
import { balanceAfter } from "../changes/to-change-cost.js";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing, refusalCode } from "../client/to-provider-error.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { toIsoTime } from "../language/to-iso-time.js";
import { toAmounts } from "./to-invoice.js";

/**
 * The next regular invoice of a subscription (https://docs.stripe.com/api/invoices/create_preview). One that ends before,
 * or has ended, has none.
 */
export async function foreseeInvoice(
  call: CallStripe,
  { id }: SubscriptionRef,
): Promise<UpcomingInvoice | null> {
  try {
    const subscription = await call((client) => client.subscriptions.retrieve(id));
    if (!billed.has(subscription.status) || subscription.pause_collection !== null) return null;
    const invoice = await call((client) => client.invoices.createPreview({ subscription: id }));
    const { currency, amount_due, period_end } = invoice;
    const amounts = toAmounts({ ...invoice, ending_balance: balanceAfter(invoice) });
    return { at: toIsoTime(period_end), ...amounts, due: fromStripeAmount(amount_due, currency) };
  } catch (error) {
    if (isMissing(error) || refusalCode(error) === "invoice_upcoming_none") return null;
    throw error;
  }
}

/** Of any other status nothing comes by itself: https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses */
const billed: ReadonlySet<string> = new Set(["active", "trialing", "past_due"]);
