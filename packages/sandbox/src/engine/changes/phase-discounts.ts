import { checkDiscounts, type GivenDiscount } from "../discounts/set-discounts.js";
import type { Context } from "../world/context.js";
import { StripeError } from "../world/stripe-error.js";
import type { Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { Phase } from "./schedule-phase.js";

type PhaseDiscount = Phase["discounts"][number];

/** A phase's discount, as a request would give it. */
export const toGivenDiscount = ({ coupon, discount, promotion_code }: PhaseDiscount): GivenDiscount => {
  if (coupon) return { coupon: coupon as string };
  return promotion_code
    ? { promotion_code: promotion_code as string }
    : { discount: (discount ?? "") as string };
};

type Entering = { customer: string; currency: string; subscription: Subscription | undefined };

/**
 * The discounts of a phase that can be redeemed as it begins. A coupon or code that has been deleted, used up
 * or has run out since the schedule was created takes nothing off, and stops nothing: there is no request to
 * refuse.
 */
export const usableDiscounts = (
  world: World,
  ctx: Context,
  phase: Phase,
  { customer, currency, subscription }: Entering,
): Phase["discounts"] => {
  const held = (subscription?.discounts ?? []) as string[];
  return phase.discounts.filter((one) => {
    try {
      checkDiscounts(world, ctx, { customer, currency, amount: null, held }, [toGivenDiscount(one)]);
      return true;
    } catch (refusal) {
      if (refusal instanceof StripeError) return false;
      throw refusal;
    }
  });
};
