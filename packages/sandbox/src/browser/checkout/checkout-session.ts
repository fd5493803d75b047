import type { PaymentPage } from "../../engine/checkout/completing/payment-page.js";
import { decimalsOf, formatAmount } from "../dom/format-amount.js";
import { discountsOf, lineOf, type Money, recurringOf, taxesOf } from "./checkout-lines.js";

/** Where somebody lives, as an app's page gives and gets it. */
export interface CheckoutContact {
  readonly name?: string | null;
  readonly address: {
    readonly country: string;
    readonly line1?: string | null;
    readonly line2?: string | null;
    readonly city?: string | null;
    readonly postal_code?: string | null;
    readonly state?: string | null;
  };
}

/** What the page has set so far, besides what the sandbox knows. Null unsets. */
export interface CheckoutDetails {
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly billing?: CheckoutContact | null;
  readonly shipping?: CheckoutContact | null;
  readonly businessName?: string | null;
  readonly individualName?: string | null;
  readonly taxIdInfo?: {
    readonly taxId: { type: string; value: string };
    readonly businessName: string;
  } | null;
}

interface View {
  readonly page: PaymentPage;
  readonly details: CheckoutDetails;
  /** Whether the payment form, if there is one, is filled in. */
  readonly isPaymentReady: boolean;
  readonly tag: string;
}

/** Stripe.js's `StripeCheckoutSession`: the payment page in the form that apps' own pages work with. */
export function toCheckoutSession(view: View) {
  const { page, details, tag } = view;
  const currency = page.currency ?? "usd";
  const money: Money = (minorUnitsAmount) => ({
    minorUnitsAmount,
    amount: formatAmount(minorUnitsAmount, currency, tag),
  });
  const contacts = contactsOf(page, details);
  const email = details.email === undefined ? page.email : details.email;
  return {
    ...contacts,
    businessName: details.businessName ?? null,
    nameCollection:
      details.individualName || details.businessName
        ? { individualName: details.individualName ?? null, businessName: details.businessName ?? null }
        : null,
    canConfirm: page.status === "open" && view.isPaymentReady && email !== null && isLocated(page, contacts),
    currency,
    currencyOptions: null,
    discountAmounts: discountsOf(page, money),
    email,
    id: page.session_id,
    lastPaymentError: null,
    lineItems: page.line_items.map((line) => lineOf(line, page, money)),
    livemode: false,
    minorUnitsAmountDivisor: 10 ** decimalsOf(currency),
    optionalItems: null,
    phoneNumber: details.phone === undefined ? page.phone : details.phone,
    recurring: recurringOf(page, money),
    savedPaymentMethods: page.saved_payment_methods.flatMap(savedOf),
    shipping: shippingOf(page, money),
    shippingOptions: page.shipping_options.map((option) => optionOf(option, currency, money)),
    status: statusOf(page),
    surcharge: null,
    tax: { status: taxStatusOf(page) },
    taxAmounts: null,
    taxIdInfo: details.taxIdInfo ?? null,
    total: totalOf(page, money),
  };
}

export type CheckoutSessionView = ReturnType<typeof toCheckoutSession>;
type Contacts = ReturnType<typeof contactsOf>;

function contactsOf(page: PaymentPage, { billing, shipping }: CheckoutDetails) {
  const typed = page.billing_address?.country ? page.billing_address : undefined;
  const known: CheckoutContact | null = typed
    ? { name: page.name, address: { ...typed, country: typed.country ?? "" } }
    : null;
  const sent = page.collected_information?.shipping_details;
  const delivered = sent
    ? { name: sent.name, address: { ...sent.address, country: sent.address.country ?? "" } }
    : null;
  return {
    billingAddress: billing === undefined ? known : billing,
    shippingAddress: shipping === undefined ? delivered : shipping,
  };
}

/** Whether the addresses that the session asks for are there. */
function isLocated(page: PaymentPage, { billingAddress, shippingAddress }: Contacts): boolean {
  if (page.shipping_address_collection && shippingAddress === null) return false;
  return page.billing_address_collection !== "required" || billingAddress !== null;
}

function savedOf({ id, card, billing_details }: PaymentPage["saved_payment_methods"][number]) {
  if (!card) return [];
  const { brand, exp_month: expMonth, exp_year: expYear, last4 } = card;
  return [{ id, type: "card", card: { brand, expMonth, expYear, last4 }, billingDetails: billing_details }];
}

function optionOf(option: PaymentPage["shipping_options"][number], currency: string, money: Money) {
  const { id, amount, display_name: displayName } = option;
  return { ...money(amount), id, currency, displayName, deliveryEstimate: null };
}

function shippingOf(page: PaymentPage, money: Money) {
  const chosen = page.shipping_options.find(({ id }) => id === page.shipping_cost?.shipping_rate);
  if (!chosen) return null;
  return { shippingOption: optionOf(chosen, page.currency ?? "usd", money), taxAmounts: null };
}

function statusOf({ payment_status: paymentStatus, status }: PaymentPage) {
  return status === "complete" ? { type: "complete", paymentStatus } : { type: status ?? "open" };
}

function taxStatusOf({ automatic_tax: tax, shipping_address_collection: shipping }: PaymentPage): string {
  if (!tax.enabled || tax.status !== "requires_location_inputs") return "ready";
  return shipping ? "requires_shipping_address" : "requires_billing_address";
}

function totalOf(page: PaymentPage, money: Money) {
  const taxes = page.line_items.map(taxesOf);
  return {
    appliedBalance: money(0),
    balanceAppliedToNextInvoice: false,
    discount: money(page.total_details?.amount_discount ?? 0),
    shippingRate: money(page.shipping_cost?.amount_total ?? 0),
    subtotal: money(page.amount_subtotal ?? 0),
    surcharge: money(0),
    taxExclusive: money(taxes.reduce((sum, { exclusive }) => sum + exclusive, 0)),
    taxInclusive: money(taxes.reduce((sum, { inclusive }) => sum + inclusive, 0)),
    total: money(page.amount_total ?? 0),
  };
}
