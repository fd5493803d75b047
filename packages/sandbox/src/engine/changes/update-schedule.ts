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

/** When the first of the given phases starts: phases that are over may be left out, the current one may not. */
const startOf = (ctx: Context, schedule: SubscriptionSchedule, [first]: readonly GivenPhase[]): number => {
  const known = schedule.current_phase?.start_date ?? schedule.phases[0]?.start_date ?? seconds(ctx);
  const named = first?.start_date === "now" ? seconds(ctx) : first?.start_date;
  if (schedule.status === "not_started") return named ?? known;
  const past = schedule.phases.some(({ start_date }) => start_date === named);
  if (named !== undefined && !past)
    throw invalidRequest(
      "The subscription schedule update is missing the current phase: its `start_date` can't be changed.",
      undefined,
      "phases[0][start_date]",
    );
  return named ?? known;
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
  schedule.phases.filter((phase) => phase.end_date <= start);

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
