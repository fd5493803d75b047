import type Stripe from "stripe";
import type { SoldPrice } from "../catalog/prices.js";
import { planOfPrice, type StripeNames, usageOfPrice } from "../language/names.js";

/** The lines for use that come and go with a plan. */
export interface UsageSwap {
  readonly removed: readonly Stripe.SubscriptionItem[];
  readonly added: readonly { readonly feature: string; readonly price: string }[];
}

/** A plan takes its lines for use along when it goes; those that it keeps stay. */
export function swapUsage(
  { items }: Stripe.Subscription,
  item: Stripe.SubscriptionItem,
  names: StripeNames,
  counted: readonly SoldPrice[],
): UsageSwap {
  const planId = planOfPrice(item.price, names)?.planId;
  const own = items.data.filter(({ price }) => usageOfPrice(price, names.app)?.planId === planId);
  const [wanted, held] = [counted.map(({ id }) => id), own.map(({ price }) => price.id)];
  return {
    removed: own.filter(({ price }) => !wanted.includes(price.id)),
    added: counted
      .filter(({ id }) => !held.includes(id))
      .map(({ id: price, wanted: { usage } }) => ({ feature: usage?.feature ?? "", price })),
  };
}
