import { type Context, seconds } from "./context.js";
import { emit } from "./emit.js";
import { invalidRequest } from "./stripe-error.js";
import type { Customer, Invoice, InvoiceLine, Subscription } from "./wire.js";
import type { World } from "./world.js";

export type NewInvoice = {
  customer: Customer;
  subscription: Subscription;
  lines: InvoiceLine[];
  reason: "subscription_create" | "subscription_cycle" | "subscription_update";
  period: { start: number; end: number };
  /** When the draft finalizes by itself, in seconds; null if that is done at once. */
  finalizesAt: number | null;
};

const parentOf = (subscription: Subscription): Invoice["parent"] => ({
  quote_details: null,
  subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
  type: "subscription_details",
});

/** Creates a draft; its amounts follow from its lines. */
export const createInvoice = (world: World, ctx: Context, fields: NewInvoice): Invoice => {
  const { customer, subscription, lines } = fields;
  const id = ctx.ids.id("in");
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  for (const line of lines) line.invoice = id;
  const invoice: Invoice = {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Sandbox shop",
    account_tax_ids: null,
    amount_due: Math.max(0, total),
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: Math.max(0, total),
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: fields.finalizesAt,
    billing_reason: fields.reason,
    collection_method: subscription.collection_method,
    created: seconds(ctx),
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: fields.finalizesAt,
    number: null,
    on_behalf_of: null,
    parent: parentOf(subscription),
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: fields.period.end,
    period_start: fields.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  world.invoices[id] = invoice;
  emit(world, ctx, "invoice.created", invoice);
  return invoice;
};

/** Refuses an action on an invoice in the wrong state, in Stripe's words. */
export const needStatus = (invoice: Invoice, status: string, what: string): void => {
  if (invoice.status !== status)
    throw invalidRequest(
      `${what} This invoice has a status of ${invoice.status}.`,
      status === "draft" ? "invoice_not_editable" : undefined,
    );
};
