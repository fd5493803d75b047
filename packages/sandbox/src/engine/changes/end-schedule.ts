import { cancelNow } from "../subscriptions/stopping/cancel-now.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { atCustomer } from "../world/test-clock.js";
import type { SubscriptionSchedule } from "../world/wire.js";
import type { World } from "../world/world.js";
import { detach, scheduled } from "./enter-phase.js";
import { needOpenSchedule } from "./subscription-schedule.js";

/** Lets a subscription continue without its schedule. */
export const releaseSchedule = (
  world: World,
  now: Context,
  id: string,
  keepsEnd: boolean,
): SubscriptionSchedule => {
  const schedule = needOpenSchedule(world, id, "release");
  const ctx = atCustomer(world, now, schedule.customer as string);
  detach(world, ctx, schedule, keepsEnd);
  schedule.status = "released";
  schedule.released_at = seconds(ctx);
  schedule.released_subscription = schedule.subscription as string | null;
  schedule.subscription = null;
  schedule.current_phase = null;
  emit(world, ctx, "subscription_schedule.released", schedule);
  return schedule;
};

/** Ends a schedule and, if it has begun, its subscription; both settle what is open unless told otherwise. */
export const cancelSchedule = (
  world: World,
  now: Context,
  id: string,
  { invoice_now = true, prorate = true }: { invoice_now?: boolean; prorate?: boolean },
): SubscriptionSchedule => {
  const schedule = needOpenSchedule(world, id, "cancel");
  const ctx = atCustomer(world, now, schedule.customer as string);
  const subscription = scheduled(world, schedule);
  // The end of the subscription ends its schedule.
  if (subscription) cancelNow(world, now, subscription, { invoice_now, prorate });
  if (schedule.status !== "canceled") {
    schedule.status = "canceled";
    schedule.canceled_at = seconds(ctx);
    emit(world, ctx, "subscription_schedule.canceled", schedule);
  }
  return schedule;
};
