import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import type { Subscription, SubscriptionSchedule } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** Ends the schedule of a subscription that ended: it is cancelled, or aborted for lack of payment. */
export const endWithSubscription = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  reason: "cancellation_requested" | "payment_failed",
): void => {
  const schedule = find<SubscriptionSchedule>(
    world.subscriptionSchedules,
    subscription.schedule as string | null,
  );
  if (schedule?.status !== "active" && schedule?.status !== "not_started") return;
  schedule.status = "canceled";
  schedule.canceled_at = seconds(ctx);
  schedule.current_phase = null;
  const type = reason === "payment_failed" ? "aborted" : "canceled";
  emit(world, ctx, `subscription_schedule.${type}`, schedule);
};
