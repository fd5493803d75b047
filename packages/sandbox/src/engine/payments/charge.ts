import type { CardBehaviour } from "../methods/card-behaviour.js";
import { type Context, seconds } from "../world/context.js";
import type { StripeErrorBody } from "../world/stripe-error.js";
import type { Charge, PaymentIntent, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { cardDetailsOf } from "./card-details.js";
import { afterTrial, descriptorOf, endsTrial } from "./statement-descriptor.js";

/** What a charge is for. */
export type ChargeBill = Pick<
  PaymentIntent,
  | "amount"
  | "capture_method"
  | "currency"
  | "customer"
  | "description"
  | "metadata"
  | "receipt_email"
  | "shipping"
  | "statement_descriptor"
  | "statement_descriptor_suffix"
> &
  Partial<
    Pick<PaymentIntent, "application_fee_amount" | "on_behalf_of" | "transfer_data" | "transfer_group">
  > & {
    /** Null for a charge of its own, without an intent. */
    intent: string | null;
    /** Whether it pays for the period that a trial led to. @default false */
    afterTrial?: boolean;
  };

type Risk = CardBehaviour["risk"];

const scores = { normal: 8, elevated: 65, highest: 92 } as const;

type Outcome = NonNullable<Charge["outcome"]>;

/** What Radar does with a charge before its issuer hears of it. https://docs.stripe.com/radar/rules#block-rules */
const blocked = {
  advice_code: "do_not_try_again",
  network_advice_code: null,
  network_decline_code: null,
  network_status: "not_sent_to_network",
  reason: "highest_risk_level",
  seller_message: "Stripe blocked this payment as too risky.",
  type: "blocked",
} as const;

const passed = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: "approved_by_network",
  reason: null,
  seller_message: "Payment complete.",
  type: "authorized",
} as const;

const declinedWith = (error: StripeErrorBody): Omit<Outcome, "risk_level"> => {
  const reason = error.decline_code ?? error.code ?? null;
  return {
    advice_code: (error.advice_code as Outcome["advice_code"] | undefined) ?? null,
    network_advice_code: error.network_advice_code ?? null,
    network_decline_code: error.network_decline_code ?? null,
    network_status: "declined_by_network",
    reason,
    seller_message:
      reason === null || reason === "generic_decline"
        ? "The bank did not return any further details with this decline."
        : `The bank returned the decline code \`${reason}\`.`,
    type: "issuer_declined",
  };
};

const outcomeOf = (error: StripeErrorBody | null, risk: Risk | "normal" = "normal"): Outcome => {
  const isBlocked = error?.decline_code === "fraudulent" && risk === "highest";
  const outcome = isBlocked ? blocked : error ? declinedWith(error) : passed;
  return { ...outcome, risk_level: risk, risk_score: scores[risk] };
};

/** The page that whoever paid may see. https://docs.stripe.com/receipts */
export const receiptUrlOf = (ctx: Context, charge: string): string =>
  `${ctx.baseUrl}/receipts/payment/${charge}`;

/** One try to take money; `error` makes it the failed kind. */
export const chargeFor = (
  ctx: Context,
  bill: ChargeBill,
  method: PaymentMethod,
  error: StripeErrorBody | null,
  risk?: Risk,
): Charge => {
  const descriptor = descriptorOf(bill.statement_descriptor, bill.statement_descriptor_suffix);
  const captured = error === null && bill.capture_method !== "manual";
  const id = ctx.ids.id("ch").replace("ch_1", "ch_3");
  return {
    id,
    object: "charge",
    amount: bill.amount,
    amount_captured: captured ? bill.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: bill.application_fee_amount ?? null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: bill.afterTrial ? afterTrial(descriptor) : descriptor,
    captured,
    created: seconds(ctx),
    currency: bill.currency,
    customer: bill.customer,
    description: bill.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: error?.code ?? null,
    failure_message: error?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...bill.metadata },
    on_behalf_of: bill.on_behalf_of ?? null,
    outcome: outcomeOf(error, risk),
    paid: error === null,
    payment_intent: bill.intent,
    payment_method: method.id,
    payment_method_details: cardDetailsOf(ctx, bill, method, { id, failed: error !== null }),
    radar_options: {},
    receipt_email: bill.receipt_email,
    receipt_number: null,
    receipt_url: error ? null : receiptUrlOf(ctx, id),
    refunded: false,
    review: null,
    shipping: bill.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: bill.statement_descriptor,
    statement_descriptor_suffix: bill.statement_descriptor_suffix,
    status: error ? "failed" : "succeeded",
    transfer_data: bill.transfer_data
      ? { amount: bill.transfer_data.amount ?? null, destination: bill.transfer_data.destination }
      : null,
    transfer_group: bill.transfer_group ?? null,
  };
};

/** What an intent asks to be charged. */
export const billOf = (world: World, intent: PaymentIntent): ChargeBill => ({
  ...intent,
  intent: intent.id,
  afterTrial: endsTrial(world, intent),
});
