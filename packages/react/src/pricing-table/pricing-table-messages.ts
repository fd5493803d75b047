import type { ErrorCode, Interval, PriceRate } from "@tollgate/core";
import { sayInterval } from "../format/say-interval.js";

/** What a price by tiers or packages is said with. */
export interface RateWords {
  /** Writes an amount in minor units. */
  readonly money: (amount: number) => string;
  readonly count: (value: number) => string;
  /** Of use: how many cost nothing, which the first tier says too. Absent: the units are seats. */
  readonly included?: number | undefined;
}

/** Every word of the pricing table. Amounts and dates arrive formatted for the locale. */
export interface PricingTableMessages {
  readonly region: string;
  readonly billingPeriod: string;
  readonly intervalName: (interval: Interval) => string;
  readonly saveMonths: (months: number) => string;
  readonly savePercent: (percent: number, upTo: boolean) => string;
  readonly currency: string;
  /** Small and muted beside the amount. `units`: how many seats a package has, for the price of one. */
  readonly per: (interval: Interval, perSeat: boolean, units?: string) => string;
  /** Before the amount of a price that depends on how many are bought: that of the fewest. */
  readonly from: string;
  /**
   * What seats, or use of a feature, cost tier by tier; more than two of them one a line. `englishMessages` has none.
   * @default "5 seats included, then $9 per seat"
   */
  readonly rate?: (rate: PriceRate, words: RateWords) => string;
  /** Within a sentence: "$29 a month". */
  readonly every: (amount: string, interval: Interval) => string;
  readonly billedMonthly: string;
  /** `monthly` is a twelfth of the yearly price. */
  readonly billedYearly: (monthly: string) => string;
  /** Instead of these two, on a plan that is not sold by the interval that is shown. */
  readonly billedOnly: (interval: Interval, monthly: string) => string;
  /**
   * Instead of all three, for an interval other than month and year. `monthly` is what it comes to in a month, `null` for
   * days and weeks; `only`: the plan is not sold by the interval that is shown.
   */
  readonly billedEvery: (interval: Interval, monthly: string | null, only: boolean) => string;
  readonly custom: string;
  readonly customDetail: string;
  readonly freeDetail: string;
  readonly recommended: string;
  readonly seats: string;
  readonly seatRange: (minimum: number, maximum: number | null, step: number) => string;
  readonly seatTotal: (price: string) => string;
  readonly fewerSeats: string;
  readonly moreSeats: string;
  readonly currentPlan: string;
  readonly startTrial: (days: number) => string;
  readonly getPlan: (plan: string) => string;
  readonly upgrade: string;
  readonly startFree: string;
  readonly switchTo: (plan: string) => string;
  readonly switchInterval: (interval: Interval) => string;
  readonly changeSeats: (seats: number) => string;
  readonly contactUs: string;
  readonly opening: string;
  readonly startsOn: (date: string) => string;
  readonly endsOn: (date: string) => string;
  readonly changesOn: (plan: string, date: string) => string;
  /** `price` is `null` where there is no single amount. */
  readonly trialRuns: (until: string, price: string | null) => string;
  /** On their own plan, while it shows what a change would cost. */
  readonly paysNow: (price: string) => string;
  readonly trialOffered: (days: number, price: string) => string;
  readonly paymentFailed: string;
  /** To somebody who may not manage billing. */
  readonly paymentFailedForOthers: string;
  readonly paused: string;
  readonly managersOnly: string;
  readonly notSold: (currency: string) => string;
  /** On the button of a plan that their own can't be switched to in the provider's portal. */
  readonly notSwitchable: string;
  /** Under it; `own` is what they have, `null` when it is no longer sold. */
  readonly notSwitchableFrom: (own: string | null, plan: string) => string;
  readonly checkoutFailed: (code: ErrorCode | null) => string;
  readonly loading: string;
  readonly loadFailed: string;
  /** The plans are there, but it can't be known which one the person has. */
  readonly accessFailed: string;
  readonly retry: string;
  readonly empty: string;
  readonly includes: (plan: string) => string;
  readonly unlimited: string;
  readonly included: string;
  readonly notIncluded: string;
  readonly comparison: string;
  /** Names the select of plans, where they don't fit side by side. */
  readonly planToShow: string;
  readonly feature: string;
  readonly allowances: string;
  readonly features: string;
}

const checkoutFailures: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "Sign in first, then choose a plan.",
  forbidden: "Only someone who manages billing can do this.",
  provider_unavailable: "The payment service can't be reached. Nothing was charged. Try again in a minute.",
  currency_conflict: "You are billed in another currency already. Choose that one, then the plan.",
  plan_not_for_sale: "This plan is no longer sold. Reload the page to see today's plans.",
  unknown_price: "This price is no longer offered. Reload the page to see today's prices.",
};

const intervalNames: Partial<Record<Interval, string>> = {
  day: "Daily",
  week: "Weekly",
  month: "Monthly",
  "3_months": "Quarterly",
  year: "Yearly",
};

function nameInterval(interval: Interval): string {
  return intervalNames[interval] ?? `Every ${sayInterval(interval)}`;
}

/** What only the comparison says. */
type MatrixWord =
  | "included"
  | "notIncluded"
  | "comparison"
  | "planToShow"
  | "feature"
  | "allowances"
  | "features";

/** What both layouts say: a page that shows only cards loads no more. */
export type PlanMessages = Omit<PricingTableMessages, MatrixWord>;

export const planMessages: PlanMessages = {
  region: "Plans and prices",
  billingPeriod: "Billing period",
  intervalName: nameInterval,
  saveMonths: (months) => `${months} month${months === 1 ? "" : "s"} free`,
  savePercent: (percent, upTo) => `Save ${upTo ? "up to " : ""}${percent}%`,
  currency: "Currency",
  per: (interval, perSeat, units) =>
    `${units ? `per ${units} seats ` : perSeat ? "per seat " : ""}/ ${sayInterval(interval)}`,
  from: "From",
  every: (amount, interval) => `${amount} ${interval.includes("_") ? "every" : "a"} ${sayInterval(interval)}`,
  billedMonthly: "Billed monthly",
  billedYearly: (monthly) => `${monthly} a month, billed yearly`,
  billedOnly: (interval, monthly) =>
    interval === "month" ? "Billed monthly only" : `${monthly} a month, billed yearly only`,
  billedEvery: (interval, monthly, only) =>
    `${monthly === null ? "Billed" : `${monthly} a month, billed`} ${nameInterval(interval).toLowerCase()}${only ? " only" : ""}`,
  custom: "Custom",
  customDetail: "Priced for your team",
  freeDetail: "No payment needed",
  recommended: "Recommended",
  seats: "Seats",
  seatRange: (minimum, maximum, step) =>
    step > 1
      ? `Choose ${minimum}, ${minimum + step}, ${minimum + 2 * step} and so on${maximum === null ? "" : ` up to ${maximum}`}`
      : maximum === null
        ? `Choose a whole number, ${minimum} or more`
        : `Choose a whole number from ${minimum} to ${maximum}`,
  seatTotal: (price) => `${price} in total`,
  fewerSeats: "One seat fewer",
  moreSeats: "One seat more",
  currentPlan: "Current plan",
  startTrial: (days) => `Start ${days}-day trial`,
  getPlan: (plan) => `Get ${plan}`,
  upgrade: "Upgrade",
  startFree: "Start for free",
  switchTo: (plan) => `Switch to ${plan}`,
  switchInterval: (interval) => `Switch to ${nameInterval(interval).toLowerCase()}`,
  changeSeats: (seats) => `Change to ${seats} seat${seats === 1 ? "" : "s"}`,
  contactUs: "Contact us",
  opening: "Opening…",
  startsOn: (date) => `Starts ${date}`,
  endsOn: (date) => `Ends on ${date}`,
  changesOn: (plan, date) => `Changes to ${plan} on ${date}`,
  trialRuns: (until, price) => `Trial until ${until}${price === null ? "" : `, then ${price}`}`,
  paysNow: (price) => `You pay ${price} now`,
  trialOffered: (days, price) => `Free for ${days} days, then ${price}. Cancel before and pay nothing.`,
  paymentFailed: "The last payment failed. Update your payment method to keep this plan.",
  paymentFailedForOthers: "The last payment failed. Ask someone who manages billing.",
  paused: "Paused",
  managersOnly: "Only someone who manages billing can change the plan.",
  notSold: (currency) => `Not sold in ${currency}`,
  notSwitchable: "No direct switch",
  notSwitchableFrom: (own, plan) =>
    `${own ?? "Your plan"} can't be switched to ${plan} directly. You can get ${plan} once it has ended.`,
  checkoutFailed: (code) =>
    (code && checkoutFailures[code]) ?? "Checkout didn't open. Nothing was charged. Please try again.",
  loading: "Loading plans",
  loadFailed: "The plans didn't load.",
  accessFailed: "Your plan can't be looked up right now.",
  retry: "Try again",
  empty: "Plans will appear here once they are for sale.",
  includes: (plan) => `${plan} includes`,
  unlimited: "Unlimited",
};

export type PlanMatrixMessages = Pick<PricingTableMessages, MatrixWord>;

export const planMatrixMessages: PlanMatrixMessages = {
  included: "Included",
  notIncluded: "Not included",
  comparison: "Compare plans",
  planToShow: "Plan to show",
  feature: "Feature",
  allowances: "Allowances",
  features: "Features",
};
