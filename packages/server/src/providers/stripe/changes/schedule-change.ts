import { type Catalog, intervalParts, type ProviderChanges } from "@tollgate/core";
import type Stripe from "stripe";
import { underOwnKey } from "../client/under-own-key.js";
import {
  type ChangeTerms,
  type ChangeTools,
  itemsAfter,
  readScheduled,
  readTerms,
  swapsInterval,
} from "./change-terms.js";
import { outdated } from "./explain-refusal.js";
import { keptDiscounts } from "./kept-discounts.js";
import { findOwnSchedule, markOf } from "./own-schedule.js";
import { dropPending } from "./pending-payment.js";
import { type NextPhase, toPhases } from "./phases.js";
import { updatePhases } from "./update-phases.js";

/**
 * Lets a change happen when the running period ends, by a schedule that holds the subscription until then
 * (https://docs.stripe.com/billing/subscriptions/subscription-schedules).
 */
export async function scheduleChange(
  tools: ChangeTools,
  input: Parameters<ProviderChanges["schedule"]>[0],
  catalog: Catalog,
): Promise<void> {
  const terms = await readTerms(tools, input, catalog);
  await dropPending(tools.call, terms.subscription);
  const items = itemsAfter(terms);
  const { unit: interval, count: interval_count } = intervalParts(input.to.interval);
  const duration = { interval, interval_count };
  // Left to itself the cycle goes on from where it began: of a new interval only the rest would be billed.
  const anchor = swapsInterval(terms) ? { billing_cycle_anchor: "phase_start" as const } : {};
  const discounts = keptDiscounts(terms).map(({ id }) => id);
  await planNext(tools, terms, { items, duration, discounts, ...anchor }, input.idempotencyKey);
}

/**
 * Makes a schedule, or changes ours, so that these items come next. Stripe makes one from a subscription only as it is, so
 * there are two steps; whoever comes back after a crash between them finds a schedule with nothing ahead of it.
 */
export async function planNext(
  tools: ChangeTools,
  { subscription, item, schedule }: Pick<ChangeTerms, "subscription" | "item" | "schedule">,
  next: NextPhase,
  idempotencyKey: string,
): Promise<void> {
  const { call, names } = tools;
  const held = schedule ?? (await createSchedule(tools, subscription, idempotencyKey));
  const running = held.phases.find(({ start_date }) => start_date === held.current_phase?.start_date);
  // It has ended since it was read.
  if (running === undefined) throw outdated();
  const params: Stripe.SubscriptionScheduleUpdateParams = {
    end_behavior: "release",
    proration_behavior: "none",
    metadata: markOf(names, subscription.id),
    phases: toPhases(running, item.current_period_end, next, names),
  };
  // The same however often it is sent.
  await updatePhases(call, held, params);
}

async function createSchedule(
  { call, names }: ChangeTools,
  { id: from_subscription }: Stripe.Subscription,
  key: string,
): Promise<Stripe.SubscriptionSchedule> {
  const idempotencyKey = `${key}:schedule`;
  const params = { from_subscription, expand: ["phases.items.price"] };
  try {
    return await underOwnKey(
      call((client) => client.subscriptionSchedules.create(params, { idempotencyKey })),
    );
  } catch (error) {
    // Somebody else's click has made one meanwhile: of two wishes for later, the last counts.
    const made = findOwnSchedule(await readScheduled(call, from_subscription), names);
    if (made === null) throw error;
    return made;
  }
}
