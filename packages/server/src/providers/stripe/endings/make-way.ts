import { BillingError } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { underOwnKey } from "../client/under-own-key.js";
import { addOnOfPrice, metadataKeys, type PriceMarks, planOfPrice, usageOfPrice } from "../language/names.js";

/**
 * Releases a subscription from its schedule, if that only holds one change that waits: Stripe lets nobody cancel beside
 * one (https://docs.stripe.com/billing/subscriptions/subscription-schedules#managing). What was planned is given up, as
 * Stripe's own pages do. A schedule that somebody made for another purpose is left alone.
 *
 * @param subscription with its schedule, and the prices of the schedule's phases
 * @throws BillingError `foreign_schedule`
 */
export async function makeWay(
  call: CallStripe,
  marks: PriceMarks,
  { schedule }: Stripe.Subscription,
  idempotencyKey: string,
): Promise<void> {
  if (schedule === null) return;
  if (typeof schedule === "string" || !isWaitingChange(schedule, marks)) {
    const message = "A schedule at the payment provider decides about this subscription.";
    throw new BillingError("foreign_schedule", message);
  }
  const release = call((client) =>
    client.subscriptionSchedules.release(schedule.id, {}, { idempotencyKey: `${idempotencyKey}:release` }),
  );
  await underOwnKey(release);
}

/**
 * Whether all that it holds is one change of plan that follows the present phase and then lets go, as ours and those of
 * Stripe's own pages do. Metadata that is not ours says that somebody else plans with it.
 */
function isWaitingChange(schedule: Stripe.SubscriptionSchedule, marks: PriceMarks): boolean {
  const { metadata, phases, end_behavior, current_phase, pause_schedules = [] } = schedule;
  const ours: ReadonlySet<string> = new Set(Object.values(metadataKeys));
  if (Object.keys(metadata ?? {}).some((key) => !ours.has(key))) return false;
  if (end_behavior !== "release" || current_phase === null || pause_schedules.length > 0) return false;
  const later = phases.filter(({ start_date }) => start_date >= current_phase.end_date);
  const prices = later.flatMap(({ items }) => items.map(({ price }) => price));
  return later.length <= 1 && prices.every((price) => isOurs(price, marks));
}

function isOurs(price: Stripe.SubscriptionSchedule.Phase.Item["price"], marks: PriceMarks): boolean {
  if (typeof price === "string" || "deleted" in price) return false;
  const found = planOfPrice(price, marks) ?? addOnOfPrice(price, marks) ?? usageOfPrice(price, marks.app);
  return found !== null;
}
