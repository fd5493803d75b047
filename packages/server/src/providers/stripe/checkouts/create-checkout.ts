import {
  type Catalog,
  type CheckoutOffer,
  costOf,
  type OpenCheckoutInput,
  type ProviderCheckout,
} from "@tollgate/core";
import type Stripe from "stripe";
import { notMapped } from "../catalog/find-mapped.js";
import { notPushed, type PriceBook, type SoldPrice } from "../catalog/prices.js";
import type { CallStripe } from "../client/stripe-client.js";
import { aboutCustomer } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { metadataKeys, type StripeNames } from "../language/names.js";
import { toStripeAmount } from "../language/stripe-amount.js";
import { expireCheckout, toCheckout } from "./checkout.js";
import { isNotForSale, toCheckoutRefusal } from "./checkout-refusal.js";
import { findAddOnPrices, type SoldAddOn } from "./find-add-on-prices.js";

/** Opens a checkout that charges what the catalog shows, or none. */
export async function createCheckout(
  call: CallStripe,
  names: StripeNames,
  prices: PriceBook,
  input: OpenCheckoutInput,
  catalog: Catalog,
): Promise<ProviderCheckout> {
  const open = async () => {
    const price = await prices.findPrice(input.offer, catalog, input.database);
    const usage = await prices.findUsage(input.offer, catalog, input.database);
    const addOns = await findAddOnPrices(prices, input, catalog);
    return openSession(call, names, input, price, addOns, usage);
  };
  try {
    return await open();
  } catch (error) {
    prices.clear();
    // The price that was remembered has been replaced meanwhile; another one may be sold in its place.
    if (isNotForSale(error)) return open();
    throw error;
  }
}

async function openSession(
  call: CallStripe,
  names: StripeNames,
  input: OpenCheckoutInput,
  price: SoldPrice,
  addOns: readonly SoldAddOn[],
  usage: readonly SoldPrice[],
): Promise<ProviderCheckout> {
  const counted = usage.map(({ id }) => id);
  const params = toSessionParams(input, names, price, addOns, counted);
  // A price that was replaced makes it a different checkout, though the request is the same.
  const idempotencyKey = [input.idempotencyKey, price.id, ...addOns.map(({ id }) => id), ...counted].join(
    ":",
  );
  const request = call((client) => client.checkout.sessions.create(params, { idempotencyKey }));
  const explained = request.catch((error: unknown) => {
    throw toCheckoutRefusal(error, input.offer);
  });
  const session = await aboutCustomer(underOwnKey(explained));
  const mismatch = totalMismatch(session, input, price, addOns);
  if (mismatch === null) return toCheckout(session);
  await expireCheckout(call, session.id);
  const problem = `would not charge what the catalog shows: ${mismatch}`;
  throw price.isMapped ? notMapped(price.wanted, `it ${problem}`) : notPushed(price.wanted, problem);
}

/** What the account adds by itself, such as a tax or a discount, was not shown either. */
function totalMismatch(
  { amount_total, currency }: Stripe.Checkout.Session,
  { offer, promotion }: OpenCheckoutInput,
  { wanted }: SoldPrice,
  addOns: readonly SoldAddOn[],
): string | null {
  const isTrial = offer.kind === "subscription" && offer.trialDays > 0;
  const { currency: unit } = wanted;
  const reduced = promotion
    ? toStripeAmount({ amount: promotion.dueNow, currency: unit }, promotion.code)
    : null;
  const extra = addOns.reduce((sum, one) => sum + costOf(one.wanted, one.quantity), 0);
  const total = reduced ?? (isTrial ? 0 : costOf(wanted, offer.quantity) + extra);
  if (amount_total === total && currency === wanted.currency) return null;
  return `the total is ${amount_total} ${currency} and should be ${total} ${wanted.currency}`;
}

function toSessionParams(
  input: OpenCheckoutInput,
  names: StripeNames,
  { id: price, isMapped }: SoldPrice,
  addOns: readonly SoldAddOn[],
  counted: readonly string[],
): Stripe.Checkout.SessionCreateParams {
  const { offer, customerId } = input;
  // We rely on these defaults: 24 hours until it expires, a card even where nothing is due now
  // (`payment_method_collection: always`), no promotion codes typed there, nothing collected for taxes or shipping and nothing
  // written to the customer (`customer_update: never`), the browser's language, no card kept after a payment
  // (`setup_future_usage`) and no invoice of it, and, of subscriptions, flexible billing and an invoice when a
  // trial ends.
  const shared = {
    // If left out, the account's setting applies: abroad it would charge a currency and amount other than was shown.
    adaptive_pricing: { enabled: false },
    ...(input.providerCustomerId !== null && { customer: input.providerCustomerId }),
    client_reference_id: customerId,
    ...placeOf(input),
    // The plan comes first: that is the line that a subscription is described by.
    line_items: [
      { price, quantity: offer.quantity },
      ...addOns.map(({ id, quantity }) => ({ price: id, quantity })),
      // What is counted has no quantity: https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-line_items-quantity
      ...counted.map((one) => ({ price: one })),
    ],
    // Of a price with several currencies Stripe would choose by where the person is
    // (https://docs.stripe.com/payments/checkout/localize-prices/manual-currency-prices).
    ...(isMapped && { currency: offer.currency }),
    ...codesOf(input),
  };
  const owner = {
    ...names.mark,
    [metadataKeys.customer]: customerId,
    [metadataKeys.database]: input.database,
  };
  if (offer.kind === "product") {
    const metadata = {
      ...owner,
      [metadataKeys.product]: offer.productId,
      [metadataKeys.quantity]: String(offer.quantity),
    };
    return { ...shared, mode: "payment", metadata };
  }
  const metadata = { ...owner, [metadataKeys.plan]: offer.planId };
  return {
    ...shared,
    mode: "subscription",
    metadata,
    subscription_data: {
      metadata,
      ...trialOf(offer),
    },
    // A card that nothing will ever be charged to is not asked for.
    ...((isFree(input) || offer.trialWithoutCard) && { payment_method_collection: "if_required" }),
  };
}

/** Where it is shown, and where it leads: https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-ui_mode */
function placeOf({
  kind,
  successUrl,
  cancelUrl,
}: OpenCheckoutInput): Pick<
  Stripe.Checkout.SessionCreateParams,
  "ui_mode" | "success_url" | "cancel_url" | "return_url"
> {
  const after = successUrl.replace(/\{CHECKOUT_ID\}|%7BCHECKOUT_ID%7D/gi, "{CHECKOUT_SESSION_ID}");
  if (kind === "embedded") return { ui_mode: "embedded_page", return_url: after };
  if (kind === "elements") return { ui_mode: "elements", return_url: after };
  return { ui_mode: "hosted_page", success_url: after, cancel_url: cancelUrl };
}

/** Stripe takes one or the other: https://docs.stripe.com/api/checkout/sessions/create */
function codesOf({
  promotion,
  codesOnPage,
}: OpenCheckoutInput): Pick<Stripe.Checkout.SessionCreateParams, "discounts" | "allow_promotion_codes"> {
  if (promotion) return { discounts: [{ promotion_code: promotion.id }] };
  return codesOnPage ? { allow_promotion_codes: true } : {};
}

function isFree({ promotion }: OpenCheckoutInput): boolean {
  return promotion?.duration === "forever" && promotion.discounted === 0;
}

/** https://docs.stripe.com/payments/checkout/free-trials */
function trialOf({
  trialDays,
  trialWithoutCard,
}: Extract<CheckoutOffer, { kind: "subscription" }>): Stripe.Checkout.SessionCreateParams.SubscriptionData {
  if (trialDays === 0) return {};
  const end = trialWithoutCard && { end_behavior: { missing_payment_method: trialWithoutCard } };
  return { trial_period_days: trialDays, ...(end && { trial_settings: end }) };
}
