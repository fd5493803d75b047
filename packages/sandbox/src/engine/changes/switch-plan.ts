import { priceAmount } from "../catalog/price-amount.js";
import { needLiving } from "../subscriptions/changing/cancel-subscription.js";
import type { ProrationBehavior } from "../subscriptions/changing/check-update.js";
import { type Context, seconds } from "../world/context.js";
import { need } from "../world/find.js";
import type { PortalConfiguration, Price, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import { releaseSchedule } from "./end-schedule.js";
import type { GivenPhase } from "./schedule-phase.js";
import { createSchedule } from "./subscription-schedule.js";
import { updateSchedule } from "./update-schedule.js";
import { updateSubscription } from "./update-subscription.js";

/** What a customer chose in the portal: another price or quantity, and maybe a code. */
export type PlanChange = {
  priceId: string;
  quantity?: number;
  discounts?: Array<{ coupon?: string; promotion_code?: string }>;
};

/** Roughly how long the intervals are, in days; only good to compare two of them. */
const days: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };

const lengthOf = ({ recurring }: Price): number =>
  (days[recurring?.interval ?? "month"] ?? 30) * (recurring?.interval_count ?? 1);

/** Whether a change waits for the period's end, as the configuration demands for some. */
export const waitsForEnd = (
  world: World,
  configuration: PortalConfiguration,
  subscription: Subscription,
  change: PlanChange,
): boolean => {
  const [item] = subscription.items.data;
  if (!item || subscription.status === "trialing") return false;
  const price = need(world.prices, "price", change.priceId, "price");
  const amount = priceAmount(world, price, change.quantity ?? item.quantity ?? 1, subscription.currency);
  const current = priceAmount(world, item.price, item.quantity ?? 1, subscription.currency);
  return configuration.features.subscription_update.schedule_at_period_end.conditions.some(({ type }) =>
    type === "shortening_interval"
      ? lengthOf(price) < lengthOf(item.price)
      : type === "decreasing_item_amount" && amount < current,
  );
};

/** Lets a schedule change the plan when the period ends. */
const switchLater = (world: World, ctx: Context, subscription: Subscription, change: PlanChange): void => {
  if (subscription.schedule !== null) releaseSchedule(world, ctx, subscription.schedule as string, false);
  const schedule = createSchedule(world, ctx, { from_subscription: subscription.id });
  const [running] = schedule.phases;
  if (!running) return;
  const current: GivenPhase = {
    items: running.items.map(({ price, quantity }) => ({
      price: price as string,
      ...(quantity === undefined ? {} : { quantity }),
    })),
    start_date: running.start_date,
    end_date: running.end_date,
  };
  const [, ...others] = current.items;
  const { recurring } = need(world.prices, "price", change.priceId, "price");
  const { interval = "month", interval_count = 1 } = recurring ?? {};
  const next: GivenPhase = {
    items: [
      { price: change.priceId, quantity: change.quantity ?? subscription.items.data[0]?.quantity ?? 1 },
      ...others,
    ],
    duration: { interval: interval as "month", interval_count },
    proration_behavior: "none",
    ...(change.discounts ? { discounts: change.discounts } : {}),
  };
  updateSchedule(world, ctx, schedule.id, { end_behavior: "release", phases: [current, next] });
};

/** Puts a subscription's first item on another price; a payment that fails leaves everything as it was. */
export const switchPlan = (
  world: World,
  ctx: Context,
  configuration: PortalConfiguration,
  subscriptionId: string,
  change: PlanChange,
): Subscription => {
  const subscription = needLiving(world, subscriptionId);
  const [item] = subscription.items.data;
  const rules = configuration.features.subscription_update;
  if (waitsForEnd(world, configuration, subscription, change)) {
    switchLater(world, ctx, subscription, change);
    return subscription;
  }
  if (subscription.schedule !== null) releaseSchedule(world, ctx, subscription.schedule as string, false);
  const endsTrial =
    rules.trial_update_behavior === "end_trial" &&
    subscription.status === "trialing" &&
    (subscription.trial_end ?? 0) > seconds(ctx);
  return updateSubscription(world, ctx, subscriptionId, {
    items: [
      {
        ...(item ? { id: item.id } : {}),
        price: change.priceId,
        ...(change.quantity === undefined ? {} : { quantity: change.quantity }),
      },
    ],
    ...(change.discounts ? { discounts: change.discounts } : {}),
    ...(rules.billing_cycle_anchor === "now" ? { billing_cycle_anchor: { type: "now" as const } } : {}),
    ...(endsTrial ? { trial_end: "now" as const } : {}),
    proration_behavior: rules.proration_behavior as ProrationBehavior,
    payment_behavior: "error_if_incomplete",
  });
};
