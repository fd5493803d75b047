import type { BillingEvent, ProviderPage } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { timeOfAnswer } from "../client/time-of-read.js";
import type { StripeWorld } from "./describe-other-world.js";
import { eventTypeLists } from "./event-types.js";
import { mergeLists } from "./merge-lists.js";
import type { StripeEvent } from "./parse-event.js";
import { toBillingEvent } from "./to-billing-event.js";

/** How far back Stripe's list of events goes (https://docs.stripe.com/api/events). */
export const eventDays = 30;

const pageSize = 100;

/** The newest first across all lists. A page costs a request for each list that has more. */
export async function listEvents(
  call: CallStripe,
  world: StripeWorld,
  { since, after }: { readonly since: Date; readonly after: string | null },
): Promise<ProviderPage<BillingEvent>> {
  const created = { gte: Math.floor(since.getTime() / 1000) };
  const startedAt = performance.now();
  let asOf: string | null = null;
  const { items, next } = await mergeLists(eventTypeLists.length, after, async (list, startingAfter) => {
    const types = [...(eventTypeLists[list] ?? [])];
    const params = {
      ...{ types, created, limit: pageSize },
      ...(startingAfter !== null && { starting_after: startingAfter }),
    };
    const page = await call((client) => client.events.list(params));
    // What happened after the first list was read may be missing from it.
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
