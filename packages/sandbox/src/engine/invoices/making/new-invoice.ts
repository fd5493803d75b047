import { inheritedDiscounts } from "../../discounts/discount.js";
import { type Context, day, seconds } from "../../world/context.js";
import type { Customer, Invoice, InvoiceLine, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";

export type NewInvoice = {
  customer: Customer;
  /** Null for an invoice of its own. */
  subscription: Subscription | null;
  /** @default the subscription's currency, else the customer's, else the account's */
  currency?: string;
  lines: InvoiceLine[];
  reason: "manual" | "quote_accept" | "subscription_create" | "subscription_cycle" | "subscription_update";
  period: { start: number; end: number };
  /** When the draft finalizes by itself, in seconds; null if that is done at once, or never. */
  finalizesAt: number | null;
  /**
   * Whether the invoice items that wait for the next invoice go on this one.
   *
   * @default true with a subscription
   */
  takesPending?: boolean;
  /** Does what needs the draft itself (discounts of its own, say) before anybody hears of it. */
  prepare?: (invoice: Invoice) => void;
  /** What a request chose. */
  details?: Partial<InvoiceDetails>;
};

/** What a request may choose about an invoice. */
export type InvoiceDetails = Pick<
  Invoice,
  | "account_tax_ids"
  | "auto_advance"
  | "automatic_tax"
  | "collection_method"
  | "custom_fields"
  | "default_payment_method"
  | "default_source"
  | "default_tax_rates"
  | "description"
  | "discounts"
  | "due_date"
  | "effective_at"
  | "footer"
  | "from_invoice"
  | "issuer"
  | "metadata"
  | "number"
  | "parent"
  | "payment_settings"
  | "rendering"
  | "shipping_details"
  | "statement_descriptor"
>;

/** What an invoice takes over from its subscription. */
const inherited = (
  ctx: Context,
  subscription: Subscription,
): Pick<Invoice, "automatic_tax" | "collection_method" | "default_tax_rates" | "due_date" | "parent"> => ({
  automatic_tax: { ...subscription.automatic_tax, provider: null, status: null },
  default_tax_rates: structuredClone(subscription.default_tax_rates ?? []),
  collection_method: subscription.collection_method,
  due_date: subscription.days_until_due === null ? null : seconds(ctx) + subscription.days_until_due * day,
  parent: {
    quote_details: null,
    subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
    type: "subscription_details",
  },
});

const nobodysYet = {
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  attempt_count: 0,
  attempted: false,
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  subtotal: 0,
  subtotal_excluding_tax: 0,
  total: 0,
  total_excluding_tax: 0,
} satisfies Partial<Invoice>;

const nameOf = (world: World): string => {
  const profile = world.account.business_profile;
  const named = typeof profile === "object" && profile !== null && "name" in profile ? profile.name : null;
  return typeof named === "string" && named !== "" ? named : "Sandbox shop";
};

/** A draft without lines. */
export const blankInvoice = (
  world: World,
  ctx: Context,
  fields: NewInvoice & { currency: string },
): Invoice => {
  const { customer, subscription, finalizesAt, details } = fields;
  const id = ctx.ids.id("in");
  const invoice: Invoice = {
    id,
    object: "invoice",
    ...nobodysYet,
    account_country: String(world.account.country ?? "US"),
    account_name: nameOf(world),
    account_tax_ids: null,
    application: null,
    auto_advance: finalizesAt !== null || subscription !== null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: finalizesAt,
    billing_reason: fields.reason,
    collection_method: "charge_automatically",
    created: seconds(ctx),
    currency: fields.currency,
    custom_fields: customer.invoice_settings.custom_fields,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping ?? null,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: inheritedDiscounts(world, ctx, customer, subscription),
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: fields.period.end,
    period_start: fields.period.start,
    receipt_number: null,
    // What is chosen for a customer goes for each invoice that says nothing else.
    rendering: {
      amount_tax_display: customer.invoice_settings.rendering_options?.amount_tax_display ?? null,
      pdf: { page_size: "auto" },
      template: customer.invoice_settings.rendering_options?.template ?? null,
      template_version: null,
    },
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: customer.test_clock ?? null,
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: seconds(ctx),
    ...(subscription ? inherited(ctx, subscription) : {}),
    ...details,
  };
  return invoice;
};

/**
 * When a draft moves on by itself, in seconds; null if it doesn't. That is after its hour, though Stripe writes a
 * second more into `automatically_finalizes_at`.
 */
export const draftEndsAt = (world: World, invoice: Invoice): number | null => {
  const { automatically_finalizes_at: at, created } = invoice;
  const hour = created + world.settings.draftSeconds;
  return at === hour + 1 ? hour : at;
};

/** When a draft is first charged, in seconds; null if nobody charges it. */
export const firstAttempt = (world: World, invoice: Invoice): number | null =>
  invoice.collection_method === "charge_automatically" ? draftEndsAt(world, invoice) : null;
