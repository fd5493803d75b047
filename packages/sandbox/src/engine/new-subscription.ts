import { type Context, seconds } from "./context.js";
import type { Subscription } from "./wire.js";

export type MissingMethod = "cancel" | "create_invoice" | "pause";

export type SubscriptionStart = {
  customer: string;
  currency: string;
  status: Subscription["status"];
  anchor: number;
  trialEnd: number | null;
  defaultPaymentMethod: string | null;
  metadata: Record<string, string>;
  description: string | null;
  missingPaymentMethod: MissingMethod;
  saveDefault: "off" | "on_subscription";
};

/** A subscription without items. */
export const newSubscription = (ctx: Context, start: SubscriptionStart): Subscription => {
  const id = ctx.ids.id("sub");
  const now = seconds(ctx);
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: start.anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: now,
    currency: start.currency,
    customer: start.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: start.defaultPaymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: start.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: { object: "list", data: [], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: start.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: start.saveDefault,
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: start.status,
    test_clock: null,
    transfer_data: null,
    trial_end: start.trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: start.missingPaymentMethod },
    },
    trial_start: start.trialEnd === null ? null : now,
  };
};
