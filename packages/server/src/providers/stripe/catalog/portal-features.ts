import type { PortalOffer } from "@tollgate/core";
import type Stripe from "stripe";
import { idOf } from "../language/id-of.js";
import { type PriceMarks, planOfPrice } from "../language/names.js";
import { fitsCurrency } from "./find-mapped.js";
import type { ForSale } from "./for-sale.js";

export type PortalFeatures = Stripe.BillingPortal.ConfigurationCreateParams.Features;
type Update = NonNullable<PortalFeatures["subscription_update"]>;
type Product = NonNullable<Exclude<Update["products"], "">>[number];

/** What was pushed for one plan, product or add-on, with the prices that are sold now. */
export interface PushedThing {
  readonly thing: ForSale;
  readonly prices: readonly Stripe.Price[];
}

/**
 * What everybody may do. We rely on these defaults: no pause (`subscription_pause`), no reasons asked, no prorations
 * for a cancellation (`none`; it waits for the period's end), the account's payment methods, and no login page, which
 * would be open to anyone who has the address.
 */
export const generalFeatures = {
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  customer_update: { enabled: true, allowed_updates: ["email", "name", "address", "tax_id"] },
  subscription_cancel: { enabled: true, mode: "at_period_end" },
} satisfies PortalFeatures;

/**
 * A switch to more money is billed at once, with what is left of the old price taken off; one to less, to fewer seats
 * or to a shorter interval waits for the period's end, for what was paid is used until then. A trial continues:
 * Stripe's default, `end_trial`, would end it and charge at once. We rely on the default of `billing_cycle_anchor`,
 * `unchanged`.
 */
export function switchFeatures(
  offer: PortalOffer,
  pushed: readonly PushedThing[],
  marks: PriceMarks,
): PortalFeatures {
  return {
    ...generalFeatures,
    subscription_update: {
      enabled: true,
      default_allowed_updates: offer.model === "per_seat" ? ["price", "quantity"] : ["price"],
      proration_behavior: "always_invoice",
      trial_update_behavior: "continue_trial",
      schedule_at_period_end: {
        conditions: [{ type: "decreasing_item_amount" }, { type: "shortening_interval" }],
      },
      products: joinProducts(offer.plans.flatMap((plan) => toProducts(plan, offer.currency, pushed, marks))),
    },
  };
}

/** None for a plan that could not be pushed. */
function toProducts(
  { planId, intervals, seats }: PortalOffer["plans"][number],
  currency: string,
  pushed: readonly PushedThing[],
  marks: PriceMarks,
): readonly Product[] {
  const found = pushed.find(({ thing }) => thing.group !== null && thing.catalogId === planId);
  const prices = found?.prices.filter((price) => {
    const interval = planOfPrice(price, marks)?.interval;
    return fitsCurrency(price, currency) && interval !== undefined && intervals.includes(interval);
  });
  if (found === undefined || prices === undefined || prices.length === 0) return [];
  return prices.map(({ id, product: of }) => {
    const product = { product: idOf(of), prices: [id] };
    // If left out, the quantity can't be adjusted, and stays what it is.
    return seats === null ? product : { ...product, adjustable_quantity: { enabled: true, ...seats } };
  });
}

/** Stripe takes each product once; prices that somebody made may share one. */
function joinProducts(products: readonly Product[]): Product[] {
  const joined = new Map<string, Product>();
  for (const one of products) {
    const known = joined.get(one.product);
    joined.set(one.product, known ? { ...known, prices: [...known.prices, ...one.prices] } : one);
  }
  return [...joined.values()];
}
