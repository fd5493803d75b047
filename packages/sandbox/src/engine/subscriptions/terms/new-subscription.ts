import type Stripe from "stripe";
import { readThreeDSecure } from "../../payments/three-d-secure.js";
import { needTaxRates } from "../../tax/need-tax-rates.js";
import { type Context, seconds } from "../../world/context.js";
import type { Customer, Given, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";

type Params = Given<Stripe.SubscriptionCreateParams>;
export type NewItem = NonNullable<Params["items"]>[number];
/** When things start, in seconds since 1970. */
export type Terms = {
  start: number;
  anchor: number;
  trialEnd: number | null;
  anchorConfig: Subscription["billing_cycle_anchor_config"];
};

/** What a new subscription is made of; null stands for what was left out. */
export type NewSubscription = Omit<
  Params,
  | "customer"
  | "default_payment_method"
  | "description"
  | "expand"
  | "items"
  | "trial_end"
  | "trial_period_days"
> & {
  customer: string;
  items: NewItem[];
  default_payment_method?: string | null;
  description?: string | null;
  trial_end?: number | "now" | null;
  trial_period_days?: number | null;
  /** Whether it is sold by Stripe itself, which only a checkout can say. */
  managed?: boolean;
};

/** The billing mode that is asked for: flexible, with discounts included in prorations, unless something else is. */
export const billingModeOf = (given: NewSubscription["billing_mode"]) =>
  given?.type === "classic"
    ? { flexible: null, type: "classic" as const }
    : {
        flexible: { proration_discounts: given?.flexible?.proration_discounts ?? ("included" as const) },
        type: "flexible" as const,
      };

/** A billing mode that a quote or a schedule has, as a request asks for it. */
export const askedMode = (mode: {
  type: string;
  flexible?: { proration_discounts?: string } | null;
}): NonNullable<NewSubscription["billing_mode"]> =>
  mode.type === "classic"
    ? { type: "classic" }
    : {
        type: "flexible",
        flexible: {
          proration_discounts: mode.flexible?.proration_discounts === "itemized" ? "itemized" : "included",
        },
      };

const datedModeOf = (given: NewSubscription["billing_mode"], now: number): Subscription["billing_mode"] => {
  const mode = billingModeOf(given);
  return mode.type === "classic" ? mode : { ...mode, updated_at: now };
};

type InvoiceSettings = Subscription["invoice_settings"];
type GivenSettings = {
  account_tax_ids?: string[] | null;
  custom_fields?: Array<{ name: string; value: string }> | null;
  description?: string | null;
  footer?: string | null;
};

const given = <T>(value: T | undefined, earlier: T | undefined): T | null =>
  value === undefined ? (earlier ?? null) : value || null;

/** The settings that a request gave for a subscription's invoices, on top of the earlier ones. */
export const invoiceSettingsOf = (
  fields: GivenSettings | undefined,
  earlier?: InvoiceSettings,
): InvoiceSettings => ({
  account_tax_ids: given(fields?.account_tax_ids, earlier?.account_tax_ids as string[] | null | undefined),
  custom_fields: given(fields?.custom_fields, earlier?.custom_fields),
  description: given(fields?.description, earlier?.description),
  footer: given(fields?.footer, earlier?.footer),
  issuer: { type: "self" },
});

const pendingIntervalOf = (
  given: NewSubscription["pending_invoice_item_interval"],
): Subscription["pending_invoice_item_interval"] =>
  given ? { interval: given.interval, interval_count: given.interval_count ?? 1 } : null;

type MethodOptions = NonNullable<Subscription["payment_settings"]>["payment_method_options"];

/** What a subscription says of its payments by card; what it may say of other ways to pay is not played. */
export const cardOptionsOf = (
  given: NonNullable<NewSubscription["payment_settings"]>["payment_method_options"] | null,
): MethodOptions =>
  given?.card
    ? {
        acss_debit: null,
        bancontact: null,
        card: { network: null, request_three_d_secure: readThreeDSecure(given) },
        customer_balance: null,
        konbini: null,
        payto: null,
        pix: null,
        sepa_debit: null,
        upi: null,
        us_bank_account: null,
      }
    : null;

/** What a request said about what the card's payment is to do. */
const paymentSettingsOf = (
  given: NewSubscription["payment_settings"],
): NonNullable<Subscription["payment_settings"]> => ({
  payment_method_options: cardOptionsOf(given?.payment_method_options ?? null),
  payment_method_types: given?.payment_method_types ?? null,
  save_default_payment_method: given?.save_default_payment_method ?? "off",
});

const transferOf = (given: NewSubscription["transfer_data"]): Subscription["transfer_data"] =>
  given ? { amount_percent: given.amount_percent ?? null, destination: given.destination } : null;

const metadataOf = (given: NewSubscription["metadata"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given ?? {}).flatMap(([key, value]) =>
      value === "" || value == null ? [] : [[key, String(value)]],
    ),
  );

const chosen = (world: World, fields: NewSubscription, now: number) => ({
  application_fee_percent: fields.application_fee_percent ?? null,
  automatic_tax: {
    disabled_reason: null,
    enabled: fields.automatic_tax?.enabled ?? false,
    liability: fields.automatic_tax?.enabled ? { type: "self" as const } : null,
  },
  billing_mode: datedModeOf(fields.billing_mode, now),
  collection_method: fields.collection_method ?? "charge_automatically",
  days_until_due: fields.days_until_due ?? null,
  default_payment_method: fields.default_payment_method ?? null,
  default_tax_rates: needTaxRates(world, fields.default_tax_rates, "default_tax_rates"),
  description: fields.description || null,
  invoice_settings: invoiceSettingsOf(fields.invoice_settings),
  metadata: metadataOf(fields.metadata),
  on_behalf_of: fields.on_behalf_of || null,
  payment_settings: paymentSettingsOf(fields.payment_settings),
  pending_invoice_item_interval: pendingIntervalOf(fields.pending_invoice_item_interval),
  transfer_data: transferOf(fields.transfer_data),
});

/** A subscription without items. */
export const newSubscription = (
  world: World,
  ctx: Context,
  fields: NewSubscription,
  { customer, currency, terms }: { customer: Customer; currency: string; terms: Terms },
): Subscription => {
  const id = ctx.ids.id("sub");
  const now = seconds(ctx);
  const ending = fields.trial_settings?.end_behavior;
  return {
    id,
    object: "subscription",
    application: null,
    ...chosen(world, fields, now),
    billing_cycle_anchor: terms.anchor,
    billing_cycle_anchor_config: terms.anchorConfig,
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    created: now,
    currency,
    customer: customer.id,
    customer_account: null,
    default_source: fields.default_source || null,
    discounts: [],
    ended_at: null,
    items: { object: "list", data: [], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: fields.managed ? { enabled: true } : null,
    next_pending_invoice_item_invoice: null,
    pause_collection: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: terms.start,
    status: terms.trialEnd === null ? "incomplete" : "trialing",
    test_clock: customer.test_clock ?? null,
    trial_end: terms.trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: ending?.billing_cycle_anchor ?? "now",
        missing_payment_method: ending?.missing_payment_method ?? "create_invoice",
      },
    },
    trial_start: terms.trialEnd === null ? null : now,
  };
};
