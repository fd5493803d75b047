import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { change } from "../world/emit.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Given, SubscriptionSchedule } from "../world/wire.js";
import type { World } from "../world/world.js";
import { endPhase, enterPhase } from "./enter-phase.js";
import { defaultsOf } from "./new-schedule.js";
import { pauseSchedulesOf } from "./pause-schedule.js";
import { checkPhases, type GivenPhase, type Phase, toPhase } from "./schedule-phase.js";
import { needOpenSchedule } from "./subscription-schedule.js";

export type ScheduleFields = Omit<Given<Stripe.SubscriptionScheduleUpdateParams>, "expand">;

/**
 * When the first of the given phases starts, which that phase must say. Phases that are over are left out, the
 * current one is repeated as it is. https://docs.stripe.com/api/subscription_schedules/update#update_subscription_schedule-phases-start_date
 */
const startOf = (ctx: Context, schedule: SubscriptionSchedule, given: readonly GivenPhase[]): number => {
  const now = seconds(ctx);
  const named = given.map(({ start_date: start }) => (start === "now" ? now : start));
  if (named.every((start) => start === undefined))
    throw invalidRequest(
      "The subscription schedule update is missing at least one phase with a `start_date` to anchor end dates to.",
    );
  const current = schedule.current_phase?.start_date;
  const start = named[0] ?? current ?? schedule.phases[0]?.start_date ?? now;
  if (schedule.status === "not_started" || start === current) return start;
  const isOver = schedule.phases.some(({ start_date, end_date }) => start_date === start && end_date <= now);
  throw invalidRequest(
    isOver
      ? "You can not update a phase that has already ended. Trying to update phase 0."
      : "You can not modify the start date of the current phase.",
  );
};

const sameTerms = (one: Phase | undefined, other: Phase | undefined): boolean => {
  const terms = (phase: Phase | undefined) =>
    phase &&
    JSON.stringify({
      ...phase,
      end_date: 0,
      items: phase.items.map(({ price, quantity }) => [price, quantity]),
    });
  return terms(one) === terms(other);
};

/** The phases that are over stay, whatever a request leaves out. */
const pastPhases = (schedule: SubscriptionSchedule, start: number): Phase[] =>
  schedule.status === "not_started" ? [] : schedule.phases.filter((phase) => phase.end_date <= start);

/** Lets the subscription follow when its current phase was changed, or ended now. */
const follow = (
  world: World,
  ctx: Context,
  schedule: SubscriptionSchedule,
  before: Phase | undefined,
  fields: ScheduleFields,
): void => {
  const now = seconds(ctx);
  if (schedule.status === "not_started") {
    const [first] = schedule.phases;
    if (first && first.start_date <= now) enterPhase(world, ctx, schedule, first);
    return;
  }
  const current = schedule.phases.find((phase) => phase.start_date === before?.start_date);
  if (current && current.end_date <= now) endPhase(world, ctx, schedule);
  else if (current && !sameTerms(before, current))
    enterPhase(world, ctx, schedule, current, fields.proration_behavior ?? "create_prorations");
};

/** Changes a schedule and its phases; a change of the current phase takes effect at once. */
export const updateSchedule = (
  world: World,
  now: Context,
  id: string,
  fields: ScheduleFields,
): SubscriptionSchedule => {
  const schedule = needOpenSchedule(world, id, "update");
  const ctx = atCustomer(world, now, schedule.customer as string);
  const given = fields.phases;
  const start = given ? startOf(ctx, schedule, given) : 0;
  const dates = given && checkPhases(world, ctx, given, { customer: schedule.customer as string, start });
  const pauses = pauseSchedulesOf(ctx, fields.pause_schedules, schedule.pause_schedules);
  const before = structuredClone(
    schedule.phases.find((phase) => phase.start_date === schedule.current_phase?.start_date),
  );
  change(world, ctx, "subscription_schedule.updated", schedule, (draft) => {
    draft.metadata = mergeMetadata(draft.metadata ?? {}, fields.metadata);
    if (fields.end_behavior) draft.end_behavior = fields.end_behavior;
    if (fields.default_settings)
      draft.default_settings = defaultsOf(draft.default_settings, fields.default_settings);
    draft.pause_schedules = pauses;
    if (!given || !dates) return;
    const phases = given.flatMap((phase, index) => {
      const at = dates[index];
      return at ? [toPhase(world, ctx, phase, at)] : [];
    });
    draft.phases = [...pastPhases(draft, start), ...phases];
    const current = draft.phases.find((phase) => phase.start_date === draft.current_phase?.start_date);
    if (draft.current_phase && current) draft.current_phase.end_date = current.end_date;
  });
  if (given) follow(world, ctx, schedule, before, fields);
  return schedule;
};
