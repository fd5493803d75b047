import type Stripe from "stripe";
import { needCustomer } from "../customers/customer.js";
import { needLiving } from "../subscriptions/changing/cancel-subscription.js";
import { checkOneCurrency } from "../subscriptions/changing/check-one-currency.js";
import { billingModeOf } from "../subscriptions/terms/new-subscription.js";
import { lastPeriodEnd } from "../subscriptions/terms/subscription-period.js";
import { type Context, seconds } from "../world/context.js";
import { change, emit, moveLastEvent } from "../world/emit.js";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Given, Subscription, SubscriptionSchedule } from "../world/wire.js";
import type { World } from "../world/world.js";
import { enterPhase } from "./enter-phase.js";
import { newSchedule } from "./new-schedule.js";
import { pauseSchedulesOf } from "./pause-schedule.js";
import { checkPhases, currencyOfPhase, type Phase, toPhase } from "./schedule-phase.js";
import { phaseItemsOf } from "./sync-phase.js";

export type NewScheduleFields = Omit<Given<Stripe.SubscriptionScheduleCreateParams>, "expand">;

/** The phase that a running subscription is in: as it is, until its period ends. */
const runningPhase = (subscription: Subscription): Phase => ({
  add_invoice_items: [],
  application_fee_percent: null,
  billing_cycle_anchor: null,
  billing_thresholds: null,
  collection_method: null,
  currency: subscription.currency,
  default_payment_method: subscription.default_payment_method,
  default_tax_rates: structuredClone(subscription.default_tax_rates ?? []),
  description: subscription.description,
  discounts: subscription.discounts.map((discount) => ({
    coupon: null,
    discount: discount as string,
    promotion_code: null,
  })),
  end_date: lastPeriodEnd(subscription),
  invoice_settings: null,
  items: phaseItemsOf(subscription),
  metadata: {},
  on_behalf_of: null,
  proration_behavior: "create_prorations",
  start_date: Math.min(...subscription.items.data.map((item) => item.current_period_start)),
  transfer_data: null,
  trial_end: subscription.trial_end,
});

const only: readonly string[] = ["from_subscription", "pause_schedules"];

const fromSubscription = (
  world: World,
  now: Context,
  id: string,
  fields: NewScheduleFields,
): SubscriptionSchedule => {
  const subscription = needLiving(world, id, "from_subscription");
  const ctx = atCustomer(world, now, subscription.customer as string);
  const other = Object.keys(fields).find((key) => !only.includes(key));
  if (other !== undefined)
    throw invalidRequest(`You cannot set \`${other}\` if \`from_subscription\` is set.`, undefined, other);
  if (subscription.schedule !== null)
    throw invalidRequest(
      `You cannot migrate a subscription that is already attached to a schedule: \`${subscription.schedule}\`.`,
      undefined,
      "from_subscription",
    );
  const customer = needCustomer(world, subscription.customer as string);
  const phase = runningPhase(subscription);
  const schedule: SubscriptionSchedule = {
    ...newSchedule(ctx, {
      customer,
      defaults: { collection_method: subscription.collection_method as "charge_automatically" },
      endBehavior: subscription.cancel_at === null ? "release" : "cancel",
      metadata: undefined,
      billingMode: structuredClone(subscription.billing_mode),
    }),
    current_phase: { start_date: phase.start_date, end_date: phase.end_date },
    pause_schedules: pauseSchedulesOf(ctx, fields.pause_schedules),
    phases: [phase],
    status: "active",
    subscription: subscription.id,
  };
  world.subscriptionSchedules[schedule.id] = schedule;
  emit(world, ctx, "subscription_schedule.created", schedule);
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.schedule = schedule.id;
  });
  return schedule;
};

const fromPhases = (world: World, now: Context, fields: NewScheduleFields): SubscriptionSchedule => {
  if (fields.customer === undefined)
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  const customer = needCustomer(world, fields.customer);
  const ctx = atCustomer(world, now, customer.id);
  const given = fields.phases ?? [];
  if (given.length === 0)
    throw invalidRequest("Missing required param: phases.", "parameter_missing", "phases");
  if (fields.start_date === undefined)
    throw invalidRequest("Missing required param: start_date.", "parameter_missing", "start_date");
  const start = fields.start_date === "now" ? seconds(ctx) : fields.start_date;
  const dates = checkPhases(world, ctx, given, { customer: customer.id, start });
  for (const phase of given) checkOneCurrency(world, customer.id, currencyOfPhase(world, phase));
  const schedule = newSchedule(ctx, {
    customer,
    defaults: fields.default_settings,
    endBehavior: fields.end_behavior ?? "release",
    metadata: fields.metadata,
    billingMode: billingModeOf(fields.billing_mode),
  });
  schedule.pause_schedules = pauseSchedulesOf(ctx, fields.pause_schedules);
  schedule.phases = given.flatMap((phase, index) => {
    const at = dates[index];
    return at ? [toPhase(world, ctx, phase, at)] : [];
  });
  world.subscriptionSchedules[schedule.id] = schedule;
  const [first] = schedule.phases;
  const position = world.events.length;
  if (first && start <= seconds(ctx)) {
    enterPhase(world, ctx, schedule, first);
    // It started with its creation: there is no update to announce.
    world.events.pop();
  }
  emit(world, ctx, "subscription_schedule.created", schedule);
  moveLastEvent(world, position);
  return schedule;
};

/** Creates a schedule of phases, or one that takes over a running subscription. */
export const createSchedule = (
  world: World,
  ctx: Context,
  fields: NewScheduleFields,
): SubscriptionSchedule =>
  fields.from_subscription === undefined
    ? fromPhases(world, ctx, fields)
    : fromSubscription(world, ctx, fields.from_subscription, fields);

const done = { cancel: "canceled", release: "released", update: "updated" } as const;

/** A schedule that still has something ahead of it; the others can no longer be changed. */
export const needOpenSchedule = (
  world: World,
  id: string,
  action: keyof typeof done,
): SubscriptionSchedule => {
  const schedule = need(world.subscriptionSchedules, "subscription_schedule", id);
  if (schedule.status === "active" || schedule.status === "not_started") return schedule;
  throw invalidRequest(
    `You cannot ${action} a subscription schedule that is currently in the \`${schedule.status}\` status. ` +
      `It must be in \`not_started, active\` status to be ${done[action]}.`,
  );
};
