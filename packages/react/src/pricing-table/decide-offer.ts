import {
  type AccessState,
  type Interval,
  keepsItsGroup,
  type PlanDescription,
  type PriceDescription,
  type SubscriptionSummary,
} from "@tollgate/core";

/** What the button of one plan does for this person now. */
export type PlanOffer =
  /** Theirs already, at this interval and quantity. */
  | { readonly kind: "current" }
  /** Agreed, and starts at `at`. */
  | { readonly kind: "pending"; readonly at: string }
  /** A new subscription; `trialDays` is 0 when there is no trial or it was used. */
  | { readonly kind: "checkout"; readonly trialDays: number }
  /** A running subscription changes at the provider's portal. */
  | { readonly kind: "change"; readonly to: "higher" | "lower" | "interval" | "quantity" }
  /** To the free plan: cancels what runs. */
  | { readonly kind: "cancel" }
  | { readonly kind: "contact"; readonly url: string }
  /** The free plan, for somebody who is not signed in. */
  | { readonly kind: "sign_up" }
  /** Signed in, but somebody else pays. */
  | { readonly kind: "managers_only" }
  /** No price in this currency. */
  | { readonly kind: "not_sold" };

export interface OfferInput {
  readonly plan: PlanDescription;
  /** All plans of the group, from the cheapest to the richest. */
  readonly plans: readonly PlanDescription[];
  /** The price that is shown; `null` for a plan without one. */
  readonly price: PriceDescription | null;
  readonly quantity: number;
  /** `null` when who asks could not be read: nothing is promised then, and the server decides. */
  readonly access: AccessState | null;
}

export function decideOffer(input: OfferInput): PlanOffer {
  const { plan, access } = input;
  if (plan.kind === "contact" && plan.contactUrl !== null) return { kind: "contact", url: plan.contactUrl };
  const subscription = access && subscriptionOfGroup(access, input.plans);
  const own = subscription ? subscription.planId === plan.id : isFreeAndTheirs(plan, access);
  const offer = own ? offerOfOwn(input, subscription) : offerOfOther(input, subscription);
  const isPassive = offer.kind === "current" || offer.kind === "pending" || offer.kind === "not_sold";
  const maySpend = access === null || access.customerId === null || access.canManage;
  return isPassive || maySpend ? offer : { kind: "managers_only" };
}

/** What holds the plans' group and keeps it, retired plans included. */
export function subscriptionOfGroup(
  access: AccessState,
  plans: readonly PlanDescription[],
): SubscriptionSummary | null {
  const held = access.subscriptions.find((one) => plans.some(({ group }) => group === one.group));
  return held && keepsItsGroup(held) ? held : null;
}

/** The price of the chosen interval, or the one that the plan does have. */
export function choosePrice(plan: PlanDescription, interval: Interval): PriceDescription | null {
  return plan.prices.find((price) => price.interval === interval) ?? plan.prices[0] ?? null;
}

function isFreeAndTheirs(plan: PlanDescription, access: AccessState | null): boolean {
  return plan.kind === "free" && access !== null && access.customerId !== null && access.planId === plan.id;
}

function offerOfOwn({ price, quantity }: OfferInput, subscription: SubscriptionSummary | null): PlanOffer {
  if (subscription === null || price === null) return { kind: "current" };
  if (price.interval !== subscription.interval) return { kind: "change", to: "interval" };
  if (price.model === "per_seat" && quantity !== subscription.quantity)
    return { kind: "change", to: "quantity" };
  return { kind: "current" };
}

function offerOfOther(
  { plan, plans, price, access }: OfferInput,
  subscription: SubscriptionSummary | null,
): PlanOffer {
  if (subscription?.pendingChange?.planId === plan.id) {
    return { kind: "pending", at: subscription.pendingChange.at };
  }
  if (plan.kind === "free") {
    if (subscription === null) return { kind: "sign_up" };
    return subscription.cancelAt === null
      ? { kind: "cancel" }
      : { kind: "pending", at: subscription.cancelAt };
  }
  if (price === null) return { kind: "not_sold" };
  if (subscription === null) {
    return { kind: "checkout", trialDays: access === null || access.trialUsed ? 0 : plan.trialDays };
  }
  const place = (id: string) => plans.findIndex((one) => one.id === id);
  return { kind: "change", to: place(plan.id) > place(subscription.planId) ? "higher" : "lower" };
}
