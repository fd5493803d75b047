import type { BillingEvent, ProviderPage } from "@tollgate/core";
import type Stripe from "stripe";
import { normalizeEvent } from "./normalize.js";
import type { StripeEvent } from "./parse-event.js";
import type { CallStripe } from "./stripe-client.js";
import { timeOfAnswer } from "./time-of-read.js";

/** Stripe's list of events goes back so far (https://docs.stripe.com/api/events). */
export const eventDays = 30;

const pageSize = 100;
/** Those that mean something to us, as far as they don't only repeat others: Stripe takes twenty names. */
const types = [
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
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.expired",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "customer.deleted",
];

/** Stripe lists the newest first. */
export async function listEvents(
  call: CallStripe,
  app: string,
  { since, after }: { readonly since: Date; readonly after: string | null },
): Promise<ProviderPage<BillingEvent>> {
  const params = {
    types,
    created: { gte: Math.floor(since.getTime() / 1000) },
    limit: pageSize,
    ...(after !== null && { starting_after: after }),
  };
  const startedAt = performance.now();
  const page = await call((client) => client.events.list(params));
  return {
    items: page.data.flatMap((event) => toBillingEvent(event, app)),
    next: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
    asOf: timeOfAnswer(page, performance.now() - startedAt),
  };
}

/** In the shape in which it was, or would have been, delivered. */
function toBillingEvent(event: Stripe.Event, app: string): readonly BillingEvent[] {
  const neutral = normalizeEvent(event as unknown as StripeEvent, app);
  return neutral === null ? [] : [neutral];
}
