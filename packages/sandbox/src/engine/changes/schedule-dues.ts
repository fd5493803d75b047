import { day } from "../world/context.js";
import { type Due, once } from "../world/due.js";
import { emit } from "../world/emit.js";
import type { SubscriptionSchedule } from "../world/wire.js";
import type { World } from "../world/world.js";
import { endPhase, enterPhase } from "./enter-phase.js";
import { pauseDues } from "./pause-dues.js";

/** https://docs.stripe.com/api/events/types#event_types-subscription_schedule.expiring */
const notice = 7 * day;

const begin = (schedule: SubscriptionSchedule): Due[] => {
  const [first] = schedule.phases;
  if (schedule.status !== "not_started" || !first) return [];
  return [
    {
      id: `${schedule.id}/start`,
      at: first.start_date,
      turn: "change",
      run: (world, ctx) => enterPhase(world, ctx, schedule, first),
    },
  ];
};

const turnPhase = (schedule: SubscriptionSchedule): Due[] =>
  schedule.status === "active" && schedule.current_phase
    ? [
        {
          id: `${schedule.id}/phase`,
          at: schedule.current_phase.end_date,
          turn: "change",
          run: (world, ctx) => endPhase(world, ctx, schedule),
        },
      ]
    : [];

const expiring = (world: World, schedule: SubscriptionSchedule): Due[] => {
  const last = schedule.phases.at(-1);
  if (schedule.status !== "active" || !last || last.end_date - notice < schedule.created) return [];
  const due = { id: `${schedule.id}/expiring`, at: last.end_date - notice, about: last.end_date };
  return once(world, { ...due, turn: "notice" }, (changing, ctx) => {
    emit(changing, ctx, "subscription_schedule.expiring", schedule);
  });
};

/** What lies ahead of a schedule: its phases. They take the turn `change`, before the renewal they shape. */
export const scheduleDues = (world: World, schedule: SubscriptionSchedule): Due[] => [
  ...begin(schedule),
  ...turnPhase(schedule),
  ...pauseDues(schedule),
  ...expiring(world, schedule),
];
