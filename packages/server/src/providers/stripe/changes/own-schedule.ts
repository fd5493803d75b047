import { BillingError, defaultApp } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { underOwnKey } from "../client/under-own-key.js";
import { metadataKeys, readMetadata, type StripeNames } from "../language/names.js";

/** A subscription whose schedule was expanded. */
export type Scheduled = Pick<Stripe.Subscription, "id" | "schedule">;

/** What marks a schedule as ours: it may be changed and released, and nobody else's may. */
export function markOf(names: StripeNames, subscriptionId: string): Readonly<Record<string, string>> {
  return { ...names.mark, [metadataKeys.schedule]: subscriptionId };
}

/**
 * The schedule that holds a subscription, if it may be touched: one that we made, or one without any marks that has
 * nothing ahead of it, so that replacing or releasing it changes nothing. Stripe lets a schedule be made from a
 * subscription only as it is (https://docs.stripe.com/api/subscription_schedules/create), so that is also what a crash
 * between our two steps leaves.
 *
 * @throws BillingError `foreign_schedule`
 */
export function findOwnSchedule(
  { id, schedule }: Scheduled,
  names: StripeNames,
): Stripe.SubscriptionSchedule | null {
  if (schedule === null) return null;
  if (typeof schedule !== "string" && (isOurs(schedule, names, id) || isSpent(schedule))) return schedule;
  const scheduleId = typeof schedule === "string" ? schedule : schedule.id;
  throw new BillingError(
    "foreign_schedule",
    `The subscription is held by the schedule ${scheduleId}, which Tollgate did not make. Release it in Stripe first.`,
    {
      details: { subscriptionId: id },
      publicMessage:
        "A change of this subscription is planned already. It has to be undone where it was made.",
    },
  );
}

/** Lets the subscription continue without the schedule, as it is. */
export async function releaseSchedule(
  call: CallStripe,
  { id }: Stripe.SubscriptionSchedule,
  idempotencyKey: string,
): Promise<void> {
  // We rely on the default of `preserve_cancel_date`: of one that ends there is no schedule of ours.
  const key = `${idempotencyKey}:release:${id}`;
  await underOwnKey(call((client) => client.subscriptionSchedules.release(id, {}, { idempotencyKey: key })));
}

/** Whether we made a schedule, for this subscription. */
export function isOurs(
  { metadata }: Stripe.SubscriptionSchedule,
  { app }: StripeNames,
  subscription: string,
): boolean {
  return (
    readMetadata(metadata, metadataKeys.schedule) === subscription &&
    (readMetadata(metadata, metadataKeys.app) ?? defaultApp) === app
  );
}

function isSpent(schedule: Stripe.SubscriptionSchedule): boolean {
  const { current_phase, end_behavior, metadata, phases } = schedule;
  const isLast = phases.at(-1)?.start_date === current_phase?.start_date;
  return isLast && end_behavior === "release" && Object.keys(metadata ?? {}).length === 0;
}
