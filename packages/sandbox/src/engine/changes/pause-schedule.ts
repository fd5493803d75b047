import type Stripe from "stripe";
import { fromAnchor } from "../money/billing-cycle.js";
import { type Context, seconds } from "../world/context.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, SubscriptionSchedule } from "../world/wire.js";

export type PauseSchedule = SubscriptionSchedule["pause_schedules"][number];
export type GivenPause = NonNullable<
  Given<Stripe.SubscriptionScheduleUpdateParams>["pause_schedules"]
>[number];

const pauseAt = (ctx: Context, given: GivenPause, earlier: PauseSchedule | undefined): number => {
  const at = given.pause?.pause_at;
  if (at?.type === "timestamp" && at.timestamp !== undefined) return at.timestamp;
  if (at?.type === "now") return seconds(ctx);
  if (earlier) return earlier.pause.pause_at;
  throw invalidRequest(
    "Missing required param: pause_schedules[0][pause][pause_at].",
    "parameter_missing",
    "pause_schedules[0][pause][pause_at]",
  );
};

type ResumeAt = NonNullable<GivenPause["resume"]>["resume_at"];

const resumeAt = (ctx: Context, at: ResumeAt, pausedAt: number, earlier: number | undefined): number => {
  if (!at) return earlier ?? seconds(ctx);
  if (at.type === "timestamp" && at.timestamp !== undefined) return at.timestamp;
  if (at.type === "now" || !at.duration) return seconds(ctx);
  const { interval, interval_count = 1 } = at.duration;
  return fromAnchor(pausedAt, { interval, interval_count }, 1);
};

const resumeOf = (
  ctx: Context,
  given: GivenPause,
  pausedAt: number,
  earlier: PauseSchedule | undefined,
): PauseSchedule["resume"] => {
  const { resume } = given;
  if (!resume) return earlier?.resume ?? null;
  const at = resumeAt(ctx, resume.resume_at, pausedAt, earlier?.resume?.resume_at);
  if (at <= pausedAt)
    throw invalidRequest(
      "A subscription can only resume after it was paused.",
      undefined,
      "pause_schedules[0][resume][resume_at]",
    );
  const { settings } = resume;
  return {
    resume_at: at,
    settings: {
      billing_cycle_anchor: settings?.billing_cycle_anchor ?? "resume_at",
      payment_behavior: settings?.payment_behavior ?? "resume_on_payment_attempt",
      proration_behavior: settings?.proration_behavior ?? "create_prorations",
    },
    status: { type: "scheduled" },
  };
};

const settingsOf = (
  given: GivenPause,
  earlier: PauseSchedule | undefined,
): PauseSchedule["pause"]["settings"] => {
  const settings = given.pause?.settings;
  if (!settings && earlier) return earlier.pause.settings;
  return {
    bill_for: {
      outstanding_usage_through: { type: settings?.bill_for?.outstanding_usage_through?.type ?? "pause_at" },
      unused_time_from: { type: settings?.bill_for?.unused_time_from?.type ?? "pause_at" },
    },
    invoicing_behavior: settings?.invoicing_behavior ?? "pending_invoice_item",
    type: "subscription",
  };
};

/** What a request makes of a schedule's pauses: there is at most one. https://docs.stripe.com/billing/subscriptions/pause/schedules */
export const pauseSchedulesOf = (
  ctx: Context,
  given: readonly GivenPause[] | null | undefined,
  earlier: readonly PauseSchedule[] = [],
): PauseSchedule[] => {
  if (given === undefined) return [...earlier];
  const [first] = given ?? [];
  if (!first) return [];
  if ((given?.length ?? 0) > 1)
    throw invalidRequest("You can provide only one pause schedule.", undefined, "pause_schedules");
  const known = earlier.find(({ key }) => key === first.key);
  if (first.key !== undefined && earlier.length > 0 && !known)
    throw invalidRequest(
      `No such pause schedule: '${first.key}'`,
      "resource_missing",
      "pause_schedules[0][key]",
    );
  const at = pauseAt(ctx, first, known);
  return [
    {
      key: first.key ?? ctx.ids.id("pause"),
      pause: {
        pause_at: at,
        settings: settingsOf(first, known),
        status: known && known.pause.pause_at === at ? known.pause.status : { type: "scheduled" },
      },
      resume: resumeOf(ctx, first, at, known),
    },
  ];
};
