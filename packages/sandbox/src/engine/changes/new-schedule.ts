import { type Context, seconds } from "../world/context.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import type { Customer, SubscriptionSchedule } from "../world/wire.js";

type DefaultSettings = SubscriptionSchedule["default_settings"];

/** What a request may set for every phase. */
export type GivenDefaults = {
  billing_cycle_anchor?: "automatic" | "phase_start";
  collection_method?: "charge_automatically" | "send_invoice";
  default_payment_method?: string;
  description?: string | null;
  invoice_settings?: { days_until_due?: number };
};

/** Writes a request's default settings over earlier ones. */
export const defaultsOf = (
  earlier: DefaultSettings | undefined,
  given: GivenDefaults = {},
): DefaultSettings => ({
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor: given.billing_cycle_anchor ?? earlier?.billing_cycle_anchor ?? "automatic",
  billing_thresholds: null,
  collection_method: given.collection_method ?? earlier?.collection_method ?? "charge_automatically",
  default_payment_method: given.default_payment_method ?? earlier?.default_payment_method ?? null,
  description: given.description === undefined ? (earlier?.description ?? null) : given.description || null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due:
      given.invoice_settings?.days_until_due ?? earlier?.invoice_settings.days_until_due ?? null,
    description: null,
    footer: null,
    issuer: { type: "self" },
  },
  on_behalf_of: null,
  transfer_data: null,
});

export type ScheduleStart = {
  customer: Customer;
  defaults?: GivenDefaults | undefined;
  endBehavior: SubscriptionSchedule["end_behavior"];
  metadata: MetadataChange | undefined;
  billingMode: SubscriptionSchedule["billing_mode"];
};

/** A schedule without phases that has not started. */
export const newSchedule = (ctx: Context, start: ScheduleStart): SubscriptionSchedule => ({
  id: ctx.ids.id("sub_sched"),
  object: "subscription_schedule",
  application: null,
  billing_mode: start.billingMode,
  canceled_at: null,
  completed_at: null,
  created: seconds(ctx),
  current_phase: null,
  customer: start.customer.id,
  customer_account: null,
  default_settings: defaultsOf(undefined, start.defaults),
  end_behavior: start.endBehavior,
  livemode: false,
  metadata: mergeMetadata({}, start.metadata),
  pause_schedules: [],
  phases: [],
  released_at: null,
  released_subscription: null,
  status: "not_started",
  subscription: null,
  test_clock: start.customer.test_clock ?? null,
});
