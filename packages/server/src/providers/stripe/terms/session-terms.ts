import type { CheckoutKind, OpenCheckoutInput } from "@tollgate/core";
import type Stripe from "stripe";
import type { BillingTerms } from "../client/stripe-terms.js";

type Params = Stripe.Checkout.SessionCreateParams;

/**
 * What a checkout asks for besides the money. What accounts have on by themselves is always said: Managed Payments are,
 * of newer accounts (https://docs.stripe.com/payments/managed-payments), and adaptive pricing is, which would charge
 * another currency and amount abroad than was shown; where Stripe sells itself, that is its own matter.
 */
export function toSessionTerms(
  terms: BillingTerms,
  { providerCustomerId }: Pick<OpenCheckoutInput, "providerCustomerId">,
): Partial<Params> {
  const { automaticTax, billingAddress, managed, taxIds, threeDSecure } = terms;
  const asksIds = taxIds !== "none";
  const writes = providerCustomerId !== null && (automaticTax || asksIds);
  return {
    managed_payments: { enabled: managed },
    ...(!managed && { adaptive_pricing: { enabled: false } }),
    ...(automaticTax && { automatic_tax: { enabled: true } }),
    ...(asksIds && {
      tax_id_collection: {
        enabled: true,
        ...(taxIds === "required" && { required: "if_supported" as const }),
      },
    }),
    // Without these, Stripe refuses tax of a known customer without an address, and tax ids of any known one.
    ...(writes && {
      customer_update: {
        ...(automaticTax && { address: "auto" as const }),
        ...(asksIds && { name: "auto" as const }),
      },
    }),
    ...(billingAddress !== null && { billing_address_collection: billingAddress }),
    ...((terms.terms || terms.promotions) && { consent_collection: toConsent(terms) }),
    ...(threeDSecure !== "automatic" && {
      payment_method_options: { card: { request_three_d_secure: threeDSecure } },
    }),
  };
}

/**
 * The same for a checkout that buys nothing. Stripe refuses tax there, and sells nothing in its own name. Terms are asked
 * for as ever: what is saved pays for what they are about.
 */
export function toSavingTerms(terms: BillingTerms): Partial<Params> {
  const { billing_address_collection, consent_collection, payment_method_options } = toSessionTerms(terms, {
    providerCustomerId: null,
  });
  return {
    ...(billing_address_collection && { billing_address_collection }),
    ...(consent_collection && { consent_collection }),
    ...(payment_method_options && { payment_method_options }),
  };
}

function toConsent({ terms, promotions }: BillingTerms): NonNullable<Params["consent_collection"]> {
  return {
    ...(terms && { terms_of_service: "required" }),
    ...(promotions && { promotions: "auto" }),
  };
}

/** The kinds of checkout that these terms can be asked in. */
export function kindsUnder({ managed, taxIds }: BillingTerms): readonly [CheckoutKind, ...CheckoutKind[]] {
  // https://docs.stripe.com/api/checkout/sessions/create: neither goes with `ui_mode: elements`.
  return managed || taxIds === "required" ? ["hosted", "embedded"] : ["hosted", "embedded", "elements"];
}

/** The terms that make a checkout another one, in short; `undefined` for a plain one. */
export function nameTerms({
  taxBehavior: _behavior,
  taxCode: _code,
  ...terms
}: BillingTerms): string | undefined {
  const plain = { automaticTax: false, taxIds: "none", terms: false, promotions: false, managed: false };
  const same = Object.entries(plain).every(([name, value]) => terms[name as keyof typeof plain] === value);
  if (same && terms.billingAddress === null && terms.threeDSecure === "automatic") return undefined;
  return JSON.stringify(terms);
}

/** Whether tax is part of what is billed: asked for, or Stripe's own where it sells itself. */
export function isTaxed({ automaticTax, managed }: BillingTerms): boolean {
  return automaticTax || managed;
}
