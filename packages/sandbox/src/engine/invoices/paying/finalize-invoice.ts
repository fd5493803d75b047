import { createPaymentIntent } from "../../payments/payment-intent.js";
import { shareOfInvoice } from "../../payments/share-of-invoice.js";
import { readThreeDSecure } from "../../payments/three-d-secure.js";
import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find, need } from "../../world/find.js";
import type { Customer, Invoice, PaymentIntent, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { needStatus } from "../making/invoice.js";
import { refreshUsage } from "../making/refresh-usage.js";
import { applyBalance } from "./apply-customer-balance.js";
import { openInvoicePayment } from "./invoice-payment.js";

export { voidInvoice } from "./close-invoice.js";
export { intentOf } from "./invoice-payment.js";
export { markInvoicePaid } from "./mark-invoice-paid.js";

const numberFor = (customer: Customer): string => {
  const sequence = customer.next_invoice_sequence ?? 1;
  customer.next_invoice_sequence = sequence + 1;
  return `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`;
};

/** Gives an invoice the addresses under which its customer finds it. */
const publish = (world: World, ctx: Context, invoice: Invoice): void => {
  const token = `test_${ctx.ids.secret(48)}`;
  world.hidden.invoiceTokens[token] = invoice.id;
  invoice.hosted_invoice_url = `${ctx.baseUrl}/i/${world.account.id}/${token}?s=ap`;
  invoice.invoice_pdf = `${ctx.baseUrl}/invoice/${world.account.id}/${token}/pdf?s=ap`;
};

/** Until then the page's size is open: `a4` for Japanese customers and `letter` for all others. */
const choosePage = ({ rendering }: Invoice, customer: Customer): void => {
  if (rendering?.pdf?.page_size !== "auto") return;
  rendering.pdf.page_size = customer.preferred_locales?.[0]?.startsWith("ja") ? "a4" : "letter";
};

/** What Stripe writes on an invoice's payment. */
const descriptionOf = (invoice: Invoice): string => {
  if (invoice.billing_reason === "subscription_create") return "Subscription creation";
  return invoice.parent?.subscription_details ? "Subscription update" : "Payment for Invoice";
};

/**
 * What the customer reads on a statement: the invoice's own text, or that of its subscription's first product.
 * https://docs.stripe.com/get-started/account/statement-descriptors
 */
const descriptorOf = (world: World, invoice: Invoice): string | null => {
  if (invoice.statement_descriptor) return invoice.statement_descriptor;
  const line = invoice.lines.data.find(({ parent }) => parent?.type === "subscription_item_details");
  return find(world.products, line?.pricing?.price_details?.product)?.statement_descriptor ?? null;
};

const openDefaultPayment = (world: World, ctx: Context, invoice: Invoice): void => {
  const id = invoice.parent?.subscription_details?.subscription as string | undefined;
  const subscription = find<Subscription>(world.subscriptions, id);
  const intent = createPaymentIntent(world, ctx, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer as string,
    description: descriptionOf(invoice),
    statement_descriptor: descriptorOf(world, invoice),
    capture_method: "automatic",
    invoice: invoice.id,
    connect: subscription && shareOfInvoice(invoice.amount_due, subscription),
    receipt_email: null,
    threeDSecure: readThreeDSecure(
      invoice.payment_settings.payment_method_options ??
        subscription?.payment_settings?.payment_method_options,
    ),
    managed: subscription?.managed_payments?.enabled ?? false,
    setup_future_usage: invoice.parent?.subscription_details ? "off_session" : null,
  });
  openInvoicePayment(world, ctx, invoice, intent, { isDefault: true });
};

/**
 * Makes a draft payable: numbers it, settles the balance and opens its payment, or takes the one that was made
 * before the invoice.
 */
export const finalizeInvoice = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  paidBy?: PaymentIntent,
): Invoice => {
  needStatus(
    invoice,
    "draft",
    "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
  );
  const customer = need(world.customers, "customer", invoice.customer as string, "customer");
  refreshUsage(world, ctx, invoice);
  applyBalance(world, ctx, invoice, customer);
  invoice.status = "open";
  invoice.number ??= numberFor(customer);
  invoice.effective_at ??= seconds(ctx);
  invoice.status_transitions.finalized_at = seconds(ctx);
  invoice.automatically_finalizes_at = null;
  invoice.next_payment_attempt = null;
  choosePage(invoice, customer);
  publish(world, ctx, invoice);
  emit(world, ctx, "invoice.finalized", invoice);
  if (paidBy) openInvoicePayment(world, ctx, invoice, paidBy, { isDefault: true });
  else if (invoice.amount_due > 0) openDefaultPayment(world, ctx, invoice);
  return invoice;
};
