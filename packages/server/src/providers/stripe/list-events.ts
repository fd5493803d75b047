import type { BillingEvent, ProviderPage } from "@tollgate/core";
import type Stripe from "stripe";
import type { StripeWorld } from "./describe-other-world.js";
import { mergeLists } from "./merge-lists.js";
import type { StripeEvent } from "./parse-event.js";
import type { CallStripe } from "./stripe-client.js";
import { timeOfAnswer } from "./time-of-read.js";
import { toBillingEvent } from "./to-billing-event.js";

/** Stripe's list of events goes back so far (https://docs.stripe.com/api/events). */
export const eventDays = 30;

const pageSize = 100;

/**
 * Those that mean something to us, as far as they don't only repeat others. Stripe takes twenty names a list, so
 * there are several; those of a subscription's state are in one, because within a second only a list's own order
 * tells which came first.
 */
const lists: readonly (readonly string[])[] = [
  [
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "customer.subscription.trial_will_end",
    "customer.subscription.pending_update_applied",
    "subscription_schedule.created",
    "subscription_schedule.updated",
    "subscription_schedule.released",
    "subscription_schedule.completed",
    "subscription_schedule.canceled",
    "subscription_schedule.aborted",
    "customer.deleted",
  ],
  [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.payment_action_required",
  ],
];

/** The newest first over all lists. A page costs a request for each list that has more. */
export async function listEvents(
  call: CallStripe,
  world: StripeWorld,
  { since, after }: { readonly since: Date; readonly after: string | null },
): Promise<ProviderPage<BillingEvent>> {
  const created = { gte: Math.floor(since.getTime() / 1000) };
  const startedAt = performance.now();
  let asOf: string | null = null;
  const { items, next } = await mergeLists(lists.length, after, async (list, startingAfter) => {
    const types = [...(lists[list] ?? [])];
    const params = {
      ...{ types, created, limit: pageSize },
      ...(startingAfter !== null && { starting_after: startingAfter }),
    };
    const page = await call((client) => client.events.list(params));
    // What happened after the first was read may be missing in it.
    asOf ??= timeOfAnswer(page, performance.now() - startedAt);
    return page;
  });
  const neutral = items.flatMap((event) => toNeutral(event, world));
  return { items: neutral, next, asOf: asOf ?? new Date().toISOString() };
}

/** In the shape in which it was, or would have been, delivered. */
function toNeutral(event: Stripe.Event, world: StripeWorld): readonly BillingEvent[] {
  const neutral = toBillingEvent(event as unknown as StripeEvent, world);
  return neutral === null ? [] : [neutral];
}
