import { fromAnchor } from "../money/billing-cycle.js";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { rowsOf } from "../world/owned-rows.js";
import { atCustomer } from "../world/test-clock.js";
import type { Coupon, Customer, Discount, Invoice, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import { amountOffIn, couponBehind, productsOf } from "./coupon.js";
import { countRedemption, type Redeemed } from "./redeem.js";
import type { DiscountTerms } from "./take-discounts.js";

/** Whom a discount is for and what it is attached to. */
export type Holder = Partial<
  Pick<
    Discount,
    "checkout_session" | "customer" | "invoice" | "invoice_item" | "subscription" | "subscription_item"
  >
>;

const endOf = (ctx: Context, coupon: Coupon): number | null =>
  coupon.duration === "repeating"
    ? fromAnchor(seconds(ctx), { interval: "month", interval_count: coupon.duration_in_months ?? 1 }, 1)
    : null;

/** Whether a discount stays with its holder; one of an invoice or a checkout goes where that goes. */
const lasts = (discount: Discount): boolean =>
  discount.invoice === null && discount.invoice_item === null && discount.checkout_session === null;

/** Redeems a coupon as a discount, in place of another if given. The caller puts it on its holder. */
export const createDiscount = (
  world: World,
  ctx: Context,
  redeemed: Redeemed,
  holder: Holder,
  replaced: Discount | null = null,
): Discount => {
  const discount: Discount = {
    id: ctx.ids.id("di"),
    object: "discount",
    checkout_session: null,
    customer: null,
    customer_account: null,
    end: endOf(ctx, redeemed.coupon),
    invoice: null,
    invoice_item: null,
    promotion_code: redeemed.promotionCode?.id ?? null,
    source: { coupon: redeemed.coupon.id, type: "coupon" },
    start: seconds(ctx),
    subscription: null,
    subscription_item: null,
    ...holder,
  };
  world.discounts[discount.id] = discount;
  countRedemption(world, redeemed);
  if (replaced) {
    world.hidden.deletedDiscounts[replaced.id] = true;
    emit(world, ctx, "customer.discount.updated", discount, { id: replaced.id, source: replaced.source });
  } else if (lasts(discount)) emit(world, ctx, "customer.discount.created", discount);
  return discount;
};

/** The coupon behind a discount; undefined only if the discount is unknown. */
const couponOf = (world: World, id: string): Coupon | undefined =>
  couponBehind(world, find(world.discounts, id)?.source.coupon as string | null | undefined);

/** What a discount takes off in a currency. */
export const discountTermsOf = (world: World, id: string, currency: string): DiscountTerms => {
  const coupon = couponOf(world, id);
  return {
    discount: id,
    percent: coupon?.percent_off ?? null,
    amount: coupon ? (amountOffIn(world, coupon, currency) ?? 0) : 0,
    products: coupon ? productsOf(world, coupon) : null,
  };
};

/** Whether a discount counted at a time, in seconds, though it may be over by now. */
export const ranAt = (world: World, id: string, time: number): boolean => {
  const discount = find(world.discounts, id);
  return discount !== undefined && (discount.end === null || discount.end > time);
};

/** Whether a discount still counts at a time, in seconds. */
export const isRunning = (world: World, id: string, now: number): boolean =>
  ranAt(world, id, now) && !find(world.hidden.deletedDiscounts, id);

/** Notes that a discount is over and announces it; its holder no longer has it. */
export const endDiscount = (world: World, ctx: Context, id: string): void => {
  const discount = find(world.discounts, id);
  if (!discount || find(world.hidden.deletedDiscounts, id)) return;
  world.hidden.deletedDiscounts[id] = true;
  if (lasts(discount)) emit(world, ctx, "customer.discount.deleted", discount);
};

const without = (ids: string[], id: string): string[] => ids.filter((other) => other !== id);

const letGo = (subscription: Subscription, id: string): void => {
  subscription.discounts = without(subscription.discounts, id);
  for (const item of subscription.items.data) item.discounts = without(item.discounts, id);
};

const subscriptionWith = (world: World, discount: Discount): Subscription | undefined =>
  find(world.subscriptions, discount.subscription) ??
  (discount.subscription_item === null
    ? undefined
    : rowsOf(world, "sub", discount.customer as string).find((subscription) =>
        subscription.items.data.some((item) => item.id === discount.subscription_item),
      ));

/** Removes a discount from the subscription or customer that holds it. */
export const removeDiscount = (world: World, given: Context, id: string): void => {
  const discount = find(world.discounts, id);
  if (!discount) return;
  const ctx = atCustomer(world, given, discount.customer as string | null);
  const subscription = subscriptionWith(world, discount);
  endDiscount(world, ctx, id);
  if (subscription)
    change(world, ctx, "customer.subscription.updated", subscription, (draft) => letGo(draft, id));
  const customer = find<Customer>(world.customers, discount.customer as string | null);
  if (customer?.discount?.id === id) customer.discount = null;
};

/** The discounts that a new invoice takes over: its subscription's, or else its customer's. */
export const inheritedDiscounts = (
  world: World,
  ctx: Context,
  customer: Customer,
  subscription: Subscription | null,
): string[] => {
  const own = subscription?.discounts ?? [];
  const ids = own.length > 0 ? own : customer.discount ? [customer.discount.id] : [];
  return ids.filter((id) => isRunning(world, id, seconds(ctx)));
};

/** Ends the one-time discounts that took something off an invoice just drafted. */
export const useUpDiscounts = (world: World, ctx: Context, invoice: Invoice): void => {
  for (const { amount, discount: id } of invoice.total_discount_amounts ?? []) {
    const discount = find<Discount>(world.discounts, id as string);
    if (!discount || amount === 0 || couponOf(world, discount.id)?.duration !== "once" || !lasts(discount))
      continue;
    const subscription = subscriptionWith(world, discount);
    if (subscription) letGo(subscription, discount.id);
    const customer = find<Customer>(world.customers, discount.customer as string | null);
    if (customer?.discount?.id === discount.id) customer.discount = null;
    endDiscount(world, ctx, discount.id);
  }
};
