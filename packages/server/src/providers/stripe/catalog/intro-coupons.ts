import {
  type Catalog,
  formatMoney,
  type Interval,
  type IntroTerms,
  introMonths,
  type PlanDefinition,
  pricesOf,
  sayIntro,
} from "@tollgate/core";
import type Stripe from "stripe";
import { idOf } from "../language/id-of.js";
import { introCouponId } from "../language/intro-coupon.js";
import { intervalOf, metadataKeys, type StripeNames } from "../language/names.js";
import { toStripeAmount } from "../language/stripe-amount.js";
import type { ForSale } from "./for-sale.js";

/** The coupon of an intro as Stripe should have it. */
export interface CouponForSale {
  readonly id: string;
  readonly planId: string;
  readonly interval: Interval;
  /** `null` where it takes off a part: one coupon is for all currencies then. */
  readonly currency: string | null;
  readonly percentOff: number | null;
  /** As Stripe takes it. */
  readonly amountOff: number | null;
  /** `null`: it is for the first payment. */
  readonly months: number | null;
  /** What customers read beside it. */
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** What it does, in words. */
  readonly said: string;
}

/** The coupons of all intros of what is for sale. */
export function listIntroCoupons(catalog: Catalog, names: StripeNames): readonly CouponForSale[] {
  const plans = Object.entries(catalog.plans).filter(([, { intro, retired }]) => intro && !retired);
  const all = plans.flatMap(([planId, plan]) => couponsOfPlan(planId, plan, names));
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

function couponsOfPlan(planId: string, plan: PlanDefinition, names: StripeNames): readonly CouponForSale[] {
  return pricesOf(planId, plan).flatMap(({ interval, currency }) => {
    const intro = plan.intro?.[interval];
    if (intro === undefined) return [];
    const { percentOff = null, payments = 1 } = intro;
    const terms = { percentOff, amountOff: intro.amountOff?.[currency] ?? null, payments };
    return [toCouponForSale(names, plan.name, { planId, interval, currency, intro: terms })];
  });
}

/** @throws BillingError `invalid_catalog` for an amount that Stripe can't take off */
export function toCouponForSale(
  names: StripeNames,
  planName: string,
  offer: {
    readonly planId: string;
    readonly interval: Interval;
    readonly currency: string;
    readonly intro: IntroTerms;
  },
): CouponForSale {
  const { planId, interval, currency, intro } = offer;
  const { percentOff, amountOff } = intro;
  const id = introCouponId(names, offer);
  return {
    ...{ id, planId, interval, percentOff },
    currency: amountOff === null ? null : currency,
    amountOff: amountOff === null ? null : toStripeAmount({ amount: amountOff, currency }, id),
    months: introMonths(intro, interval),
    // Stripe takes 40 characters: https://docs.stripe.com/api/coupons/create#create_coupon-name
    name: planName.slice(0, 40),
    metadata: { ...names.mark, [metadataKeys.plan]: planId, [metadataKeys.interval]: interval },
    said: `takes ${sayIntro(intro, (amount) => formatMoney({ amount, currency }, "en-US"))}`,
  };
}

/** The products of the prices that a coupon reduces: those of its plan and interval. */
export function productsOf(
  { planId, interval }: CouponForSale,
  sold: readonly { readonly thing: ForSale; readonly prices: readonly Stripe.Price[] }[],
): readonly string[] {
  const own = sold.filter(({ thing }) => isPlan(thing, planId));
  const prices = own.flatMap((one) => one.prices).filter((price) => intervalOf(price.recurring) === interval);
  return [...new Set(prices.map(({ product }) => idOf(product)))];
}

export function isPlan({ catalogId, group }: ForSale, planId: string): boolean {
  return group !== null && catalogId === planId;
}
