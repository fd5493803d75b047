import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import { find } from "../world/find.js";
import type { Subscription, SubscriptionSchedule } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { Phase } from "./schedule-phase.js";

/** A subscription's items, as a phase holds them. */
export const phaseItemsOf = (subscription: Subscription): Phase["items"] =>
  subscription.items.data.map((item) => ({
    billing_thresholds: null,
    discounts: item.discounts.map((discount) => ({
      coupon: null,
      discount: discount as string,
      promotion_code: null,
    })),
    metadata: { ...item.metadata },
    plan: item.price.id,
    price: item.price.id,
    ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
    tax_rates: structuredClone(item.tax_rates ?? []),
  }));

/** Lets the current phase of a schedule follow its subscription, which was changed directly. */
export const syncPhase = (world: World, ctx: Context, subscription: Subscription): void => {
  const schedule = find<SubscriptionSchedule>(
    world.subscriptionSchedules,
    subscription.schedule as string | null,
  );
  const start = schedule?.current_phase?.start_date;
  if (!schedule || start === undefined) return;
  change(world, ctx, "subscription_schedule.updated", schedule, (draft) => {
    const phase = draft.phases.find(({ start_date }) => start_date === start);
    if (phase) phase.items = phaseItemsOf(subscription);
  });
};
