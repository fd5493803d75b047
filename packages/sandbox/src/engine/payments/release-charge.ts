import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import type { Charge, Refund } from "../world/wire.js";
import type { World } from "../world/world.js";
import { newRefund } from "./new-refund.js";

/**
 * Releases money that was only authorised: Stripe shows it as a refund that moves nothing. What is left of a
 * charge that was captured in part simply isn't taken.
 */
export const releaseCharge = (
  world: World,
  ctx: Context,
  charge: Charge,
  reason: Refund["reason"],
): Refund | undefined => {
  if (charge.amount_captured > 0) {
    charge.captured = true;
    emit(world, ctx, "charge.captured", charge);
    return undefined;
  }
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  const refund = newRefund(ctx, charge, { amount: charge.amount, reason });
  world.refunds[refund.id] = refund;
  charge.amount_refunded = charge.amount;
  charge.refunded = true;
  emit(world, ctx, "refund.created", refund);
  emit(world, ctx, "charge.refunded", charge, before);
  return refund;
};
