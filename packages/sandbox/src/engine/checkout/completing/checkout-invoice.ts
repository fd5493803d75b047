import { sellOffSale } from "../../catalog/sell-off-sale.js";
import { setDiscounts } from "../../discounts/set-discounts.js";
import { createInvoiceItem } from "../../invoices/items/invoice-item.js";
import { createInvoice } from "../../invoices/making/invoice.js";
import { finalizeInvoice } from "../../invoices/paying/finalize-invoice.js";
import { markInvoicePaid } from "../../invoices/paying/mark-invoice-paid.js";
import { recomputeInvoice } from "../../invoices/totals/recompute-invoice.js";
import { seconds } from "../../world/context.js";
import { find, need } from "../../world/find.js";
import { mergeMetadata } from "../../world/metadata.js";
import type { Invoice } from "../../world/wire.js";
import type { Desk } from "./identify-payer.js";

const draft = (desk: Desk, customerId: string): Invoice => {
  const { world, ctx, session, hidden } = desk;
  const data = session.invoice_creation?.invoice_data;
  const now = seconds(ctx);
  return createInvoice(world, ctx, {
    customer: need(world.customers, "customer", customerId, "customer"),
    subscription: null,
    currency: session.currency ?? "usd",
    lines: [],
    reason: "manual",
    period: { start: now, end: now },
    finalizesAt: null,
    takesPending: false,
    details: {
      custom_fields: data?.custom_fields ?? null,
      description: data?.description ?? null,
      footer: data?.footer ?? null,
      metadata: mergeMetadata({}, data?.metadata ?? {}),
      ...(hidden.order.automatic_tax?.enabled
        ? {
            automatic_tax: {
              disabled_reason: null,
              enabled: true,
              liability: { type: "self" },
              provider: "stripe",
              status: null,
            },
          }
        : {}),
    },
  });
};

const addLines = ({ world, ctx, session, hidden }: Desk, invoice: Invoice): void => {
  const customer = invoice.customer as string;
  for (const { id, price, quantity } of hidden.lineItems) {
    const rates = hidden.taxRates[id] ?? [];
    if (price && quantity)
      createInvoiceItem(world, ctx, {
        customer,
        invoice: invoice.id,
        pricing: { price: price.id },
        quantity,
        ...(rates.length > 0 ? { tax_rates: rates } : {}),
      });
  }
  const shipping = session.shipping_cost;
  if (!shipping || shipping.amount_total === 0) return;
  const rate = find(world.shippingRates, shipping.shipping_rate as string | null);
  createInvoiceItem(world, ctx, {
    customer,
    invoice: invoice.id,
    amount: shipping.amount_total,
    currency: invoice.currency,
    description: rate?.display_name ?? "Shipping",
    discountable: false,
  });
};

/**
 * Writes the invoice of a single payment that is done or on its way, where the app asked for one.
 * https://docs.stripe.com/payments/checkout/receipts#paid-invoices
 */
export const invoiceCheckout = (desk: Desk): void => {
  const { world, ctx, session, hidden } = desk;
  const { customer, paymentIntent } = hidden.progress;
  if (!session.invoice_creation?.enabled || customer === null) return;
  const invoice = draft(desk, customer);
  sellOffSale(world, hidden, () => addLines(desk, invoice));
  const { discount } = hidden;
  if (discount)
    setDiscounts(world, ctx, { object: invoice, customer, currency: invoice.currency }, [
      discount.promotion_code === null
        ? { coupon: discount.coupon }
        : { promotion_code: discount.promotion_code },
    ]);
  recomputeInvoice(world, invoice);
  const intent = find(world.paymentIntents, paymentIntent);
  finalizeInvoice(world, ctx, invoice, intent);
  hidden.progress.invoice = invoice.id;
  if (intent?.status !== "processing") markInvoicePaid(world, ctx, invoice);
};
