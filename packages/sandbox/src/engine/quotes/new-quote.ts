import { type Context, day, seconds } from "../world/context.js";
import type { Quote } from "../world/wire.js";

/** A quote lapses after this many seconds unless a request says otherwise. */
const lifetime = 30 * day;

/** A draft that sells nothing yet. */
export const newQuote = (ctx: Context, clock: string | null | undefined): Quote => ({
  id: ctx.ids.id("qt"),
  object: "quote",
  amount_subtotal: 0,
  amount_total: 0,
  application: null,
  application_fee_amount: null,
  application_fee_percent: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  collection_method: "charge_automatically",
  computed: {
    recurring: null,
    upfront: {
      amount_subtotal: 0,
      amount_total: 0,
      total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    },
  },
  created: seconds(ctx),
  currency: null,
  customer: null,
  customer_account: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  expires_at: seconds(ctx) + lifetime,
  footer: null,
  from_quote: null,
  header: null,
  invoice: null,
  invoice_settings: {
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: { type: "self" },
  },
  livemode: false,
  metadata: {},
  number: null,
  on_behalf_of: null,
  status: "draft",
  status_transitions: { accepted_at: null, canceled_at: null, finalized_at: null },
  subscription: null,
  subscription_data: {
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
    description: null,
    effective_date: null,
    metadata: {},
    trial_period_days: null,
  },
  subscription_schedule: null,
  test_clock: clock ?? null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  transfer_data: null,
});
