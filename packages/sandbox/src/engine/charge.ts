import type { CardBehaviour } from "./card-behaviour.js";
import { type Context, seconds } from "./context.js";
import type { StripeErrorBody } from "./stripe-error.js";
import type { Charge, PaymentIntent, PaymentMethod } from "./wire.js";

const detailsOf = (intent: PaymentIntent, method: PaymentMethod): Charge["payment_method_details"] => {
  const { card } = method;
  if (!card) return null;
  return {
    type: "card",
    card: {
      amount_authorized: intent.amount,
      authorization_code: null,
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: null,
      regulated_status: card.regulated_status,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
};

type Risk = CardBehaviour["risk"];

const scores = { normal: 8, elevated: 65, highest: 92 } as const;

const outcomeOf = (
  error: StripeErrorBody | null,
  risk: Risk | "normal" = "normal",
): NonNullable<Charge["outcome"]> => ({
  advice_code: (error?.advice_code as "try_again_later" | undefined) ?? null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: error ? "declined_by_network" : "approved_by_network",
  reason: error ? (error.decline_code ?? error.code ?? null) : null,
  risk_level: risk,
  risk_score: scores[risk],
  seller_message: error
    ? "The bank did not return any further details with this decline."
    : "Payment complete.",
  type: error ? (error.decline_code === "fraudulent" ? "blocked" : "issuer_declined") : "authorized",
});

/** One try to take an intent's money; `error` makes it the failed kind. */
export const chargeFor = (
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  error: StripeErrorBody | null,
  risk?: Risk,
): Charge => {
  const captured = error === null && intent.capture_method !== "manual";
  const id = ctx.ids.id("ch").replace("ch_1", "ch_3");
  return {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: "SANDBOX",
    captured,
    created: seconds(ctx),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: error?.code ?? null,
    failure_message: error?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(error, risk),
    paid: error === null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(intent, method),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: error ? "failed" : "succeeded",
    transfer_data: null,
    transfer_group: null,
  };
};
