import {
  type Catalog,
  type CheckoutOffer,
  costOf,
  type OpenCheckoutInput,
  type ProviderCheckout,
  type TaxBehavior,
} from "@tollgate/core";
import type Stripe from "stripe";
import { notMapped } from "../catalog/find-mapped.js";
import { notPushed, type PriceBook, type SoldPrice } from "../catalog/prices.js";
import type { CallStripe } from "../client/stripe-client.js";
import type { BillingTerms } from "../client/stripe-terms.js";
import { aboutCustomer } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { sessionShares } from "../connect/session-shares.js";
import type { ConnectRules } from "../connect/stripe-connect.js";
import { metadataKeys, type StripeNames } from "../language/names.js";
import { toStripeAmount } from "../language/stripe-amount.js";
import { isTaxed, toSessionTerms } from "../terms/session-terms.js";
import { expireCheckout, toCheckout } from "./checkout.js";
import { isNotForSale, toCheckoutRefusal } from "./checkout-refusal.js";
import { findAddOnPrices, type SoldAddOn } from "./find-add-on-prices.js";
import { findIntro, firstPayment } from "./find-intro.js";
import type { TermsPage } from "./terms-page.js";
import { trialLines, trialPriceOf } from "./trial-line.js";

/** What a checkout is opened with. */
interface CheckoutTools {
  readonly call: CallStripe;
  readonly names: StripeNames;
  readonly prices: PriceBook;
  readonly terms: BillingTerms;
  readonly page: TermsPage;
  readonly connect: ConnectRules;
}

/** Opens a checkout that charges what the catalog shows, or none. */
export async function createCheckout(
  tools: CheckoutTools,
  input: OpenCheckoutInput,
  catalog: Catalog,
): Promise<ProviderCheckout> {
  const { prices } = tools;
  const open = async () => {
    const price = await prices.findPrice(input.offer, catalog, input.database);
    const usage = await prices.findUsage(input.offer, catalog, input.database);
    const addOns = await findAddOnPrices(prices, input, catalog);
    const intro = await findIntro(tools, input.offer, catalog);
    return openSession(tools, input, price, addOns, usage, intro);
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
  { call, names, terms, page, connect }: CheckoutTools,
  input: OpenCheckoutInput,
  price: SoldPrice,
  addOns: readonly SoldAddOn[],
  usage: readonly SoldPrice[],
  intro: string | null,
): Promise<ProviderCheckout> {
  const counted = usage.map(({ id }) => id);
  const own = toSessionParams(input, names, price, addOns, counted);
  const discounts = intro === null ? {} : { discounts: [{ coupon: intro }] };
  const shares = sessionShares(connect, { ...input, due: dueOf(input, price) });
  const params = withShares({ ...toSessionTerms(terms, input), ...own, ...discounts }, shares);
  // A price that was replaced makes it a different checkout, though the request is the same.
  const idempotencyKey = [input.idempotencyKey, price.id, ...addOns.map(({ id }) => id), ...counted].join(
    ":",
  );
  const request = call((client) => client.checkout.sessions.create(params, { idempotencyKey }));
  const explained = page.watch(request).catch((error: unknown) => {
    throw toCheckoutRefusal(error, input.offer);
  });
  const session = await aboutCustomer(underOwnKey(explained));
  const mismatch = totalMismatch(session, input, { price, addOns, terms });
  if (mismatch === null) return toCheckout(session);
  await expireCheckout(call, session.id);
  const problem = `would not charge what the catalog shows: ${mismatch}`;
  throw price.isMapped ? notMapped(price.wanted, `it ${problem}`) : notPushed(price.wanted, problem);
}

/**
 * What the account adds by itself, such as a tax or a discount, was not shown either. A tax that was asked for comes on
 * top, or is part of what was shown; the place that it depends on is known of some customers when it is opened.
 */
function totalMismatch(
  { amount_total, currency, total_details }: Stripe.Checkout.Session,
  { offer, promotion }: OpenCheckoutInput,
  {
    price: { wanted },
    addOns,
    terms,
  }: { readonly price: SoldPrice; readonly addOns: readonly SoldAddOn[]; readonly terms: BillingTerms },
): string | null {
  const isTrial = offer.kind === "subscription" && offer.trialDays > 0;
  const { currency: unit } = wanted;
  const reduced = promotion
    ? toStripeAmount({ amount: promotion.dueNow, currency: unit }, promotion.code)
    : null;
  const extra = addOns.reduce((sum, one) => sum + costOf(one.wanted, one.quantity), 0);
  const own = firstPayment(offer, costOf(wanted, offer.quantity), unit);
  const total = reduced ?? (isTrial ? trialPriceOf(offer) : own + extra);
  const tax = isTaxed(terms) ? (total_details?.amount_tax ?? 0) : 0;
  const behaviors = [wanted, ...addOns.map((one) => one.wanted)].map(
    ({ taxBehavior }) => taxBehavior ?? null,
  );
  const isRight = amount_total !== null && isTotal(amount_total, { total, tax, behaviors });
  if (isRight && currency === wanted.currency) return null;
  return `the total is ${amount_total} ${currency} and should be ${total} ${wanted.currency}`;
}

/** Where some of it contains its tax and some does not, how much of the tax is whose is not told. */
function isTotal(
  amount: number,
  given: {
    readonly total: number;
    readonly tax: number;
    /** Of each line; `null` is left to the account, and is the same for all. */
    readonly behaviors: readonly (TaxBehavior | null)[];
  },
): boolean {
  const { total, tax, behaviors } = given;
  const least = behaviors.every((one) => one === "exclusive") ? total + tax : total;
  const most = behaviors.every((one) => one === "inclusive") ? total : total + tax;
  if (new Set(behaviors).size > 1) return least <= amount && amount <= most;
  return amount === least || amount === most;
}

/** What a product costs after the code, in Stripe's units; a plan's payments are shared by percent. */
function dueOf({ offer, promotion }: OpenCheckoutInput, { wanted }: SoldPrice): number {
  if (!promotion) return costOf(wanted, offer.quantity);
  return toStripeAmount({ amount: promotion.dueNow, currency: wanted.currency }, promotion.code);
}

function withShares(
  params: Stripe.Checkout.SessionCreateParams,
  { subscription_data, ...rest }: ReturnType<typeof sessionShares>,
): Stripe.Checkout.SessionCreateParams {
  if (subscription_data === undefined) return { ...params, ...rest };
  return { ...params, subscription_data: { ...params.subscription_data, ...subscription_data } };
}

function toSessionParams(
  input: OpenCheckoutInput,
  names: StripeNames,
  sold: SoldPrice,
  addOns: readonly SoldAddOn[],
  counted: readonly string[],
): Stripe.Checkout.SessionCreateParams {
  const { offer, customerId } = input;
  const { id: price, isMapped } = sold;
  // We rely on these defaults: 24 hours until it expires, a card even where nothing is due now
  // (`payment_method_collection: always`), no promotion codes typed there, nothing collected for shipping and, beyond the
  // terms, nothing written to the customer (`customer_update: never`), the browser's language, no card kept after a payment
  // (`setup_future_usage`) and no invoice of it, and, of subscriptions, flexible billing and an invoice when a
  // trial ends.
  const shared = {
    ...(input.providerCustomerId !== null && { customer: input.providerCustomerId }),
    client_reference_id: customerId,
    ...placeOf(input),
    // The plan comes first: that is the line that a subscription is described by.
    line_items: [
      { price, quantity: offer.quantity },
      ...addOns.map(({ id, quantity }) => ({ price: id, quantity })),
      // What is counted has no quantity: https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-line_items-quantity
      ...counted.map((one) => ({ price: one })),
      ...trialLines(offer, sold),
    ],
    // Of a price with several currencies Stripe would choose by where the person is
    // (https://docs.stripe.com/payments/checkout/localize-prices/manual-currency-prices).
    ...(isMapped && { currency: offer.currency }),
    ...codesOf(input),
  };
  const owner = ownerOf(names, input);
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

/** Whose it is, left on what is made. */
export function ownerOf(
  names: StripeNames,
  { customerId, database }: Pick<OpenCheckoutInput, "customerId" | "database">,
): Record<string, string> {
  return { ...names.mark, [metadataKeys.customer]: customerId, [metadataKeys.database]: database };
}

/** Where it is shown, and where it leads: https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-ui_mode */
export function placeOf({
  kind,
  successUrl,
  cancelUrl,
}: Pick<OpenCheckoutInput, "kind" | "successUrl" | "cancelUrl">): Pick<
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
