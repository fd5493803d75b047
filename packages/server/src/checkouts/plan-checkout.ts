import {
  type Catalog,
  type CheckoutChoice,
  type Currency,
  currenciesOf,
  findAddOn,
  findPlan,
  groupOf,
  pricesOf,
  type SeatsInUse,
  seatsFor,
} from "@tollgate/core";
import type { CheckoutRequest } from "@tollgate/core/contract";
import type { OwnOrigins } from "../http/check-origin.js";
import { checkReturnUrl, withCheckoutId } from "../http/check-return-url.js";
import { digest } from "../idempotency/digest.js";
import type { CheckoutContext } from "./checkout-options.js";
import type { CheckoutPlan } from "./open-checkout.js";

/**
 * What the browser chose, with defaults filled in: the currency in which they are already billed, else the catalog's
 * first, and the smallest quantity that has a seat for everybody who is there.
 */
export function toChoice(
  catalog: Catalog,
  request: CheckoutRequest,
  billedIn: Currency | null,
  members: SeatsInUse = {},
): CheckoutChoice {
  const currencies = currenciesOf(catalog);
  const known = currencies.find((one) => one === billedIn);
  const currency = request.currency ?? known ?? currencies[0] ?? "usd";
  if ("productId" in request) {
    return { productId: request.productId, currency, quantity: request.quantity ?? 1 };
  }
  const { planId, interval, addOns } = request;
  const plan = findPlan(catalog, planId);
  const prices = plan === undefined ? [] : pricesOf(planId, plan);
  const price = prices.find((one) => one.interval === interval && one.currency === currency);
  const inUse = (plan && members[groupOf(plan)]) ?? 0;
  const least = price === undefined || price.model === "flat" ? 1 : seatsFor(price, inUse);
  return { planId, interval, currency, quantity: request.quantity ?? least, addOns };
}

/** Where the person lands afterwards, both URLs absolute. */
export interface Landing {
  readonly successUrl: string;
  readonly cancelUrl: string;
}

/**
 * Where the person lands afterwards.
 *
 * @throws BillingError `invalid_return_url`
 */
export function toLanding(
  own: OwnOrigins,
  { returnUrl = "/", cancelUrl = returnUrl }: Pick<CheckoutRequest, "returnUrl" | "cancelUrl">,
): Landing {
  return {
    successUrl: withCheckoutId(checkReturnUrl(returnUrl, own)),
    cancelUrl: checkReturnUrl(cancelUrl, own).href,
  };
}

/** A digest of everything that was asked for and what it costs: the same digest means the same checkout. */
export function fingerprintOf(
  { catalog, provider, checkoutRules }: CheckoutContext,
  { offer, promotion, kind }: Pick<CheckoutPlan, "offer" | "promotion" | "kind">,
  landing: Landing,
): Promise<string> {
  const plan = offer.kind === "subscription" ? findPlan(catalog, offer.planId) : undefined;
  const prices = offer.kind === "subscription" ? plan?.prices : catalog.products[offer.productId]?.price;
  const codes = promotion ?? (checkoutRules.codesOnPage ? "on page" : null);
  const extras = offer.kind === "subscription" ? Object.keys(offer.addOns ?? {}) : [];
  const extraPrices = extras.map((id) => findAddOn(catalog, id)?.prices);
  const { kinds, terms } = provider.checkout;
  // What was open before there were codes, kinds and prices for use stays the same checkout.
  const more = [
    ...(plan?.usage === undefined ? [] : [plan.usage]),
    ...extraPrices,
    ...(codes === null ? [] : [codes]),
    ...(kind === kinds[0] ? [] : [kind]),
    ...(terms === undefined ? [] : [{ terms }]),
  ];
  return digest([offer, prices, landing.successUrl, landing.cancelUrl, ...more]);
}
