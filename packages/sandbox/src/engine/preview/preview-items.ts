import { setDiscounts } from "../discounts/set-discounts.js";
import { pendingItems } from "../invoices/items/pending-items.js";
import { createInvoice } from "../invoices/making/invoice.js";
import { recomputeInvoice } from "../invoices/totals/recompute-invoice.js";
import { type Context, seconds } from "../world/context.js";
import { StripeError } from "../world/stripe-error.js";
import type { Customer, Invoice, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { PreviewFields } from "./prepare-preview.js";

/** Stripe's 404 for whoever will not be billed. */
const noUpcoming = (what: string): StripeError =>
  new StripeError(404, {
    type: "invalid_request_error",
    code: "invoice_upcoming_none",
    doc_url: "https://stripe.com/docs/error-codes/invoice-upcoming-none",
    message: `No upcoming invoices for ${what}`,
  });

const pendingCurrency = (fields: PreviewFields): string | undefined =>
  fields.invoice_items?.find((item) => item.currency !== undefined)?.currency?.toLowerCase();

/** What waits for a subscription that is no longer billed, or for a customer without one. */
export const previewItems = (
  scratch: World,
  ctx: Context,
  fields: PreviewFields,
  customer: Customer,
  subscription: Subscription | null,
): Invoice => {
  const currency =
    subscription?.currency ??
    fields.currency ??
    customer.currency ??
    pendingCurrency(fields) ??
    String(scratch.account.default_currency);
  const wanted = { customer: customer.id, subscription: subscription?.id ?? null, currency };
  if (pendingItems(scratch, wanted).length === 0)
    throw noUpcoming(subscription ? `subscription: ${subscription.id}` : `customer: ${customer.id}`);
  const now = seconds(ctx);
  const { enabled } = fields.automatic_tax ?? subscription?.automatic_tax ?? { enabled: false };
  const invoice = createInvoice(scratch, ctx, {
    customer,
    subscription,
    currency,
    lines: [],
    reason: "manual",
    period: { start: now, end: now },
    finalizesAt: null,
    takesPending: true,
    details: {
      automatic_tax: { disabled_reason: null, enabled, liability: null, provider: null, status: null },
    },
  });
  setDiscounts(scratch, ctx, { object: invoice, customer: customer.id, currency }, fields.discounts);
  recomputeInvoice(scratch, invoice);
  return invoice;
};
