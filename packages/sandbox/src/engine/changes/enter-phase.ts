import { cancelSubscription } from "../subscriptions/changing/cancel-subscription.js";
import { announce, openSubscription } from "../subscriptions/opening/open-subscription.js";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { touch } from "../world/touch.js";
import type { Subscription, SubscriptionSchedule } from "../world/wire.js";
import type { World } from "../world/world.js";
import { usableDiscounts } from "./phase-discounts.js";
import { firstPhaseFields, phaseFields } from "./phase-fields.js";
import type { Phase } from "./schedule-phase.js";
import { makeUpdate } from "./update-subscription.js";

/** The subscription that a schedule runs, or undefined. */
export const scheduled = (world: World, schedule: SubscriptionSchedule): Subscription | undefined =>
  find(world.subscriptions, schedule.subscription as string | null);

/** Starts the subscription of a schedule. Its first invoice is a draft for its hour, unlike one made by hand. */
const startSubscription = (
  world: World,
  ctx: Context,
  schedule: SubscriptionSchedule,
  phase: Phase,
): Subscription => {
  const { subscription, position } = openSubscription(world, ctx, firstPhaseFields(schedule, phase), {
    drafts: true,
  });
  if (subscription.status === "incomplete") subscription.status = "active";
  subscription.schedule = schedule.id;
  announce(world, ctx, subscription, position);
  return subscription;
};

/** Makes a phase the current one, and its subscription what the phase says. */
export const enterPhase = (
  world: World,
  ctx: Context,
  schedule: SubscriptionSchedule,
  phase: Phase,
  prorations: Phase["proration_behavior"] = phase.proration_behavior,
): void => {
  const subscription = scheduled(world, schedule);
  const entering = { customer: schedule.customer as string, currency: phase.currency, subscription };
  const plan = { ...phase, discounts: usableDiscounts(world, ctx, phase, entering) };
  if (subscription) {
    const fields = phaseFields(schedule, plan, subscription, prorations as "none");
    // What a phase has and the next one has not is removed:
    // https://docs.stripe.com/billing/subscriptions/subscription-schedules#phases
    const before = schedule.phases.find(({ end_date }) => end_date === phase.start_date);
    const had = phase.discounts.length > 0 || (before?.discounts.length ?? 0) > 0;
    const none = had && plan.discounts.length === 0;
    makeUpdate(world, ctx, subscription, none ? { ...fields, discounts: null } : fields);
  }
  const made = subscription ?? startSubscription(world, ctx, schedule, plan);
  change(world, ctx, "subscription_schedule.updated", schedule, (draft) => {
    draft.status = "active";
    draft.subscription = made.id;
    draft.current_phase = { start_date: phase.start_date, end_date: phase.end_date };
  });
  // A schedule that was only just created doesn't announce its start, and still has something ahead of it.
  touch(world, schedule.id);
};

/** Releases the subscription. */
export const detach = (
  world: World,
  ctx: Context,
  schedule: SubscriptionSchedule,
  keepsEnd = false,
): void => {
  const subscription = scheduled(world, schedule);
  if (subscription?.schedule !== schedule.id) return;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.schedule = null;
    if (keepsEnd && schedule.end_behavior === "cancel")
      draft.cancel_at = schedule.phases.at(-1)?.end_date ?? null;
  });
};

/** Ends a schedule whose last phase is over: its subscription continues by itself, or ends. */
const complete = (world: World, ctx: Context, schedule: SubscriptionSchedule): void => {
  const subscription = scheduled(world, schedule);
  const cancels = schedule.end_behavior === "cancel";
  detach(world, ctx, schedule);
  schedule.status = "completed";
  schedule.completed_at = seconds(ctx);
  schedule.current_phase = null;
  if (!cancels) {
    schedule.released_subscription = schedule.subscription as string | null;
    schedule.subscription = null;
  }
  emit(world, ctx, "subscription_schedule.completed", schedule);
  if (cancels && subscription) cancelSubscription(world, ctx, subscription, "cancellation_requested");
};

/** What happens at a phase's end: the next one, or the schedule's end. */
export const endPhase = (world: World, ctx: Context, schedule: SubscriptionSchedule): void => {
  const now = seconds(ctx);
  const next = schedule.phases.find((phase) => phase.end_date > now);
  if (next) enterPhase(world, ctx, schedule, next);
  else complete(world, ctx, schedule);
};
