import type { Interval } from "@tollgate/core";
import { sayInterval } from "../format/say-interval.js";

/** The words of `UpgradeGate`'s panel. Names come from the catalog, amounts and dates are formatted. */
export interface UpgradeGateMessages {
  /** Stands in for the feature when the catalog is not known. */
  readonly thisFeature: string;
  readonly loading: string;
  readonly failed: string;
  readonly retry: string;
  /** Why it is closed, one sentence each. */
  readonly signedOut: string;
  readonly notInPlan: (plan: string | null) => string;
  readonly limitReached: (count: { readonly used: string; readonly limit: string }) => string;
  readonly paymentFailed: string;
  readonly paymentIncomplete: string;
  readonly paused: string;
  /** The plan that opens it and what it costs, after the reason. */
  readonly offer: (plan: string, price: string | null) => string;
  /** The plan that allows more of it; `count` is `null` when there is no limit. */
  readonly offerMore: (plan: string, count: string | null, price: string | null) => string;
  readonly price: (amount: string, interval: Interval) => string;
  readonly pricePerSeat: (amount: string, interval: Interval) => string;
  /** A price that depends on how many are bought: that of the fewest. */
  readonly priceFrom: (amount: string, interval: Interval) => string;
  readonly trial: (days: number, price: string | null) => string;
  readonly noPlan: string;
  /** Buttons and links. */
  readonly signIn: string;
  readonly upgrade: (plan: string) => string;
  readonly startTrial: (days: number) => string;
  readonly switchPlan: (plan: string) => string;
  readonly contact: string;
  readonly updatePaymentMethod: string;
  readonly finishPayment: string;
  readonly manageBilling: string;
  readonly opening: string;
  readonly openingFailed: string;
  /** For members who may not buy. */
  readonly askManager: string;
}

export const upgradeGateMessages: UpgradeGateMessages = {
  thisFeature: "This feature",
  loading: "Checking your plan…",
  failed: "We couldn't check your plan, so this stays closed for now.",
  retry: "Try again",
  signedOut: "Sign in to use it.",
  notInPlan: (plan) =>
    plan === null ? "You have no plan that includes it." : `Your ${plan} plan doesn't include it.`,
  limitReached: ({ used, limit }) => `You have used ${used} of ${limit}.`,
  paymentFailed: "Your last payment failed, so it is on hold. It opens again as soon as a payment succeeds.",
  paymentIncomplete: "Your first payment isn't finished. It opens as soon as it is.",
  paused: "Your subscription is paused. It opens again when you resume.",
  offer: (plan, price) => `${plan} includes it${sayFor(price)}.`,
  offerMore: (plan, count, price) =>
    `${plan} has ${count === null ? "no limit" : `room for ${count}`}${sayFor(price)}.`,
  price: (amount, interval) => `${amount} per ${sayInterval(interval)}`,
  pricePerSeat: (amount, interval) => `${amount} per seat and ${sayInterval(interval)}`,
  priceFrom: (amount, interval) => `from ${amount} per ${sayInterval(interval)}`,
  trial: (days, price) =>
    `Free for ${days} days${price === null ? "" : `, then ${price} unless you cancel`}.`,
  noPlan: "No plan on sale includes more of it.",
  signIn: "Sign in",
  upgrade: (plan) => `Upgrade to ${plan}`,
  startTrial: (days) => `Start ${days}-day free trial`,
  switchPlan: (plan) => `Switch to ${plan}`,
  contact: "Contact us",
  updatePaymentMethod: "Update payment method",
  finishPayment: "Finish payment",
  manageBilling: "Manage billing",
  opening: "Opening…",
  openingFailed: "That didn't work. Nothing was charged.",
  askManager: "Ask someone who manages billing to change that.",
};

function sayFor(price: string | null): string {
  return price === null ? "" : `, for ${price}`;
}
