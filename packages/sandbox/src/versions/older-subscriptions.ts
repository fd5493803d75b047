import { couponBehind } from "../engine/discounts/coupon.js";
import { find } from "../engine/world/find.js";
import type { Discount, PromotionCode, Subscription, SubscriptionSchedule } from "../engine/world/wire.js";
import type { World } from "../engine/world/world.js";
import type { Form } from "./change.js";

/** The one discount that came before the list. */
export const firstDiscount = (world: World, discounts: readonly unknown[] | null): Discount | null =>
  structuredClone(find(world.discounts, discounts?.[0] as string | undefined)) ?? null;

/** The one period of a subscription, which its items have by now. */
export const periodOf = ({ items, start_date }: Subscription): Form => ({
  current_period_start: items.data[0]?.current_period_start ?? start_date,
  current_period_end: items.data[0]?.current_period_end ?? start_date,
});

export const discountOf = ({ discounts }: Subscription, world: World): Form => ({
  discount: firstDiscount(world, discounts),
});

/** Each phase's one coupon, which is the first of its discounts by now. */
export const phaseCoupons = ({ phases }: SubscriptionSchedule): Form => ({
  phases: phases.map((phase) => ({ ...phase, coupon: phase.discounts[0]?.coupon ?? null })),
});

const couponAt = (world: World, id: unknown): Form => ({
  coupon: structuredClone(couponBehind(world, typeof id === "string" ? id : null)) ?? null,
});

export const couponOfDiscount = ({ source }: Discount, world: World): Form => couponAt(world, source.coupon);

export const couponOfCode = ({ promotion }: PromotionCode, world: World): Form =>
  couponAt(world, promotion.coupon);
