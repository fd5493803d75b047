import { isPausable, pauseNow } from "../subscriptions/stopping/pause-subscription.js";
import { resumeNow } from "../subscriptions/stopping/resume-subscription.js";
import type { Context } from "../world/context.js";
import type { Due } from "../world/due.js";
import { change } from "../world/emit.js";
import { find } from "../world/find.js";
import type { Subscription, SubscriptionSchedule } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { PauseSchedule } from "./pause-schedule.js";

const subscriptionOf = (world: World, schedule: SubscriptionSchedule): Subscription | undefined =>
  find(world.subscriptions, schedule.subscription as string | null);

const note = (
  world: World,
  ctx: Context,
  schedule: SubscriptionSchedule,
  write: (pause: PauseSchedule) => void,
): void =>
  void change(world, ctx, "subscription_schedule.updated", schedule, (draft) => {
    const [pause] = draft.pause_schedules;
    if (pause) write(pause);
  });

/** Pauses at the planned time; a subscription that can't be paused then continues. */
const pause = (world: World, ctx: Context, schedule: SubscriptionSchedule): void => {
  const subscription = subscriptionOf(world, schedule);
  const settings = schedule.pause_schedules[0]?.pause.settings;
  const possible = subscription !== undefined && isPausable(subscription);
  if (possible) {
    const { type } = settings?.bill_for.unused_time_from ?? { type: "pause_at" };
    pauseNow(world, ctx, subscription, {
      bill_for: { unused_time_from: { type: type === "pause_at" ? "now" : (type as "none") } },
      invoicing_behavior: settings?.invoicing_behavior === "invoice" ? "invoice" : "pending_invoice_item",
    });
  }
  note(world, ctx, schedule, (draft) => {
    draft.pause.status = possible
      ? { type: "succeeded" }
      : { error: { message: "The subscription could not be paused." }, type: "error" };
  });
};

const resume = (world: World, ctx: Context, schedule: SubscriptionSchedule): void => {
  const subscription = subscriptionOf(world, schedule);
  const settings = schedule.pause_schedules[0]?.resume?.settings;
  const paused = subscription?.status === "paused";
  if (paused)
    resumeNow(world, ctx, subscription, {
      billing_cycle_anchor: { type: settings?.billing_cycle_anchor === "unchanged" ? "unchanged" : "now" },
      payment_behavior:
        settings?.payment_behavior === "resume_on_payment_success"
          ? "resume_on_payment_success"
          : "resume_on_payment_attempt",
      proration_behavior: (settings?.proration_behavior ?? "create_prorations") as "none",
    });
  note(world, ctx, schedule, (draft) => {
    if (draft.resume)
      draft.resume.status = paused
        ? { type: subscription.status === "paused" ? "pending" : "succeeded" }
        : { error: { message: "The subscription is not paused." }, type: "error" };
  });
};

/** The pause that a schedule plans, and its end. */
export const pauseDues = (schedule: SubscriptionSchedule): Due[] => {
  const [planned] = schedule.pause_schedules;
  if (!planned || schedule.status !== "active") return [];
  const starts = planned.pause.status.type === "scheduled";
  const ends = planned.resume?.status.type === "scheduled" ? planned.resume : undefined;
  return [
    ...(starts
      ? [
          {
            id: `${schedule.id}/pause`,
            at: planned.pause.pause_at,
            turn: "change" as const,
            run: (world: World, ctx: Context) => pause(world, ctx, schedule),
          },
        ]
      : []),
    ...(ends && !starts
      ? [
          {
            id: `${schedule.id}/resume`,
            at: ends.resume_at,
            turn: "change" as const,
            run: (world: World, ctx: Context) => resume(world, ctx, schedule),
          },
        ]
      : []),
  ];
};
