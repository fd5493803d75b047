import { type Context, day, seconds } from "../world/context.js";
import type { Charge, PaymentIntent, PaymentMethod } from "../world/wire.js";

/** How long an issuer holds money that was only authorised. https://docs.stripe.com/payments/place-a-hold-on-a-payment-method */
export const holdTime = 7 * day;

/** Digits that only depend on a text, as a network would give them. */
export const digitsOf = (text: string, length: number): string =>
  Array.from({ length }, (_, index) => text.charCodeAt(3 + (index % (text.length - 3))) % 10).join("");

type Bill = Pick<PaymentIntent, "amount" | "capture_method">;

type Outcome = Pick<Charge, "id"> & { failed: boolean };

/** https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-card */
export const cardDetailsOf = (
  ctx: Context,
  bill: Bill,
  { card }: PaymentMethod,
  { id, failed }: Outcome,
): Charge["payment_method_details"] => {
  if (!card) return null;
  return {
    type: "card",
    card: {
      amount_authorized: failed ? null : bill.amount,
      authorization_code: digitsOf(id, 6),
      brand: card.brand,
      ...(bill.capture_method === "manual" ? { capture_before: seconds(ctx) + holdTime } : {}),
      checks: structuredClone(card.checks),
      country: card.country,
      electronic_commerce_indicator: "07",
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      extended_authorization: { status: "disabled" },
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      incremental_authorization: { status: "unavailable" },
      installments: null,
      last4: card.last4,
      mandate: null,
      multicapture: { status: "unavailable" },
      network: card.brand,
      network_token: { used: false },
      // The first charge of a card names those that follow: a test card has one for all its charges.
      network_transaction_id: digitsOf(card.fingerprint ?? id, 15),
      overcapture: { maximum_amount_capturable: bill.amount, status: "unavailable" },
      regulated_status: card.regulated_status,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
};
