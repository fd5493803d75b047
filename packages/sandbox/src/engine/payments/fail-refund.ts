import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { touch } from "../world/touch.js";
import type { Charge, Refund } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookFailedRefund } from "./balance-transaction.js";
import { giveReference } from "./refund-reference.js";
import { tellRefundChange } from "./tell-refund-change.js";

/** The money comes back, and can be refunded in another way. */
export const failRefund = (
  world: World,
  ctx: Context,
  refund: Refund,
  charge: Charge,
  reason = "expired_or_canceled_card",
): void => {
  const { status } = refund;
  refund.status = "failed";
  refund.failure_reason = reason;
  giveReference(refund, "unavailable");
  bookFailedRefund(world, ctx, refund, charge);
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  touch(world, charge.id);
  tellRefundChange(world, ctx, refund, { failure_balance_transaction: null, failure_reason: null, status });
  emit(world, ctx, "refund.failed", refund);
};

/** What was given back since a time does not arrive, because the issuer takes the whole charge. */
export const failRefunds = (world: World, ctx: Context, charge: Charge, since: number): void => {
  for (const refund of Object.values(world.refunds))
    if (refund.charge === charge.id && refund.created >= since && refund.status !== "failed")
      failRefund(world, ctx, refund, charge, "charge_for_pending_refund_disputed");
};
