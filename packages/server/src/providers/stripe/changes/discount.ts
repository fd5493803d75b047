import type { DiscountTerms, ProviderDiscounts } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { readLiving } from "../endings/read-for-ending.js";
import { toDiscountTerms } from "../language/discount-terms.js";
import { idOf } from "../language/id-of.js";
import type { StripeNames } from "../language/names.js";
import { isOurs } from "./own-schedule.js";
import { discountPhasesWith, isInEachPhase } from "./phases.js";
import { updatePhases } from "./update-phases.js";

/** What a coupon does; `null` for one that is not there, or can't be redeemed any more. */
export async function readDiscount(call: CallStripe, id: string): Promise<DiscountTerms | null> {
  try {
    const coupon = await call((client) => client.coupons.retrieve(id));
    return coupon.valid ? toDiscountTerms(coupon) : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * Adds a coupon to those that a subscription has; one that is there already is not added twice. It runs through a change
 * of ours that waits, which would otherwise begin with the discounts that there were when it was planned.
 */
export async function applyDiscount(
  call: CallStripe,
  names: StripeNames,
  { subscription, coupon, idempotencyKey }: Parameters<ProviderDiscounts["apply"]>[0],
): Promise<void> {
  const { id } = await readLiving(call, subscription.id);
  const read = () => call((client) => client.subscriptions.retrieve(id, { expand }));
  let found = await read();
  if (discountBy(found, coupon) === null) {
    const discounts = [...found.discounts.map((one) => ({ discount: idOf(one) })), { coupon }];
    const key = { idempotencyKey: `${idempotencyKey}:discount` };
    await underOwnKey(call((client) => client.subscriptions.update(id, { discounts }, key)));
    found = await read();
  }
  const running = discountBy(found, coupon);
  const { schedule } = found;
  if (running === null || schedule === null || typeof schedule === "string") return;
  if (!isOurs(schedule, names, id) || isInEachPhase(schedule, running.id)) return;
  const params = { proration_behavior: "none", phases: discountPhasesWith(schedule, running.id) } as const;
  await underOwnKey(updatePhases(call, schedule, params, `${idempotencyKey}:discount:${schedule.id}`));
}

const expand = ["discounts", "schedule.phases.items.price"];

function discountBy({ discounts }: Stripe.Subscription, coupon: string): Stripe.Discount | null {
  const own = discounts.filter((one) => typeof one !== "string");
  return own.find(({ source }) => source.coupon !== null && idOf(source.coupon) === coupon) ?? null;
}
