import {
  type AccessState,
  type Catalog,
  type CheckoutChoice,
  currenciesOf,
  findPlan,
  pricesOf,
  type Subscription,
} from "@tollgate/core";
import type { CheckoutRequest } from "@tollgate/core/contract";
import { subscriptionFor } from "./subscription-for.js";

/** What was chosen, with what the server adds when the browser leaves it out. */
export function choiceOf(plans: Catalog, request: CheckoutRequest): CheckoutChoice {
  const currency = request.currency ?? currenciesOf(plans)[0] ?? "usd";
  if ("productId" in request) {
    return { productId: request.productId, currency, quantity: request.quantity ?? 1 };
  }
  const { planId, interval } = request;
  const plan = findPlan(plans, planId);
  const prices = plan === undefined ? [] : pricesOf(planId, plan);
  const price = prices.find((one) => one.interval === interval && one.currency === currency);
  return { planId, interval, currency, quantity: request.quantity ?? price?.minimumQuantity ?? 1 };
}

/** The customer's subscriptions, as far as an access state shows them. */
export function subscriptionsOf(plans: Catalog, { subscriptions }: AccessState): readonly Subscription[] {
  return subscriptions.map(({ planId, unitAmount: _, ...known }) => subscriptionFor(plans, planId, known));
}
