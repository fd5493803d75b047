import type { EventClock, PaymentEvent, SubscriptionEvent } from "../language/billing-event.js";
import type { Callback } from "../language/callback.js";
import type { SettledState } from "../language/event-facts.js";
import type { ProviderRead } from "../language/provider-read.js";
import type { ProviderSubscription, Subscription } from "../language/subscription.js";
import { trialEndingOf } from "./callbacks-of.js";
import { type EventDecision, eventReasons, type KnownFacts } from "./event-decision.js";
import { isBehind } from "./is-behind.js";
import { jobsOf, jobsOfPayment } from "./jobs-of.js";
import { type Projection, projectEvent, projectRead } from "./project-event.js";
import { withRead } from "./with-read.js";

/**
 * Decides about an event of a subscription or of a payment from what it carries and what is stored.
 *
 * @param clock how fine the provider's times of events are
 * @example
 * function isNews(event: SubscriptionEvent, facts: KnownFacts): boolean {
 *   return decideEvent(event, facts).action === "settle";
 * }
 */
export function decideEvent(
  event: SubscriptionEvent | PaymentEvent,
  facts: KnownFacts,
  clock: EventClock = "second",
): EventDecision {
  return isPayment(event) ? decidePayment(event, facts, clock) : decideState(event, facts, clock);
}

/**
 * Decides the same after the provider was asked. The caller makes sure that `facts` were read before the provider was,
 * and are still true when the decision is written.
 *
 * @example
 * function isOver(event: SubscriptionEvent, facts: KnownFacts): boolean {
 *   const read = { value: null, asOf: event.occurredAt }; // the provider has no such subscription
 *   return decideEventRead(event, read, facts).action === "settle";
 * }
 */
export function decideEventRead(
  event: SubscriptionEvent | PaymentEvent,
  read: ProviderRead<ProviderSubscription | "foreign" | null>,
  facts: KnownFacts,
): EventDecision {
  const { value: state, asOf } = read;
  const current = facts.current?.subscription ?? null;
  const revision = facts.current?.revision ?? null;
  if (current === null && state === null) return settle("ignored", eventReasons.missing);
  if (current === null && state === "foreign") return settle("ignored", eventReasons.foreign);
  if (isPayment(event)) {
    const told = announcePayment(event, facts);
    return told.action === "settle" ? withRead(told, read, facts, event.occurredAt) : told;
  }
  if (state === null) return settle("ignored", eventReasons.missing);
  const customerId = current?.customerId ?? facts.customerId;
  if (customerId === null) return ownerless(event.providerCustomerId ?? ownerOf(state));
  const trialEnding = isTrialEnding(event, state);
  const known = { current, revision, customerId };
  return toDecision(
    event,
    current,
    projectRead({ state, asOf, ...known, since: event.occurredAt, trialEnding }),
  );
}

function decideState(event: SubscriptionEvent, facts: KnownFacts, clock: EventClock): EventDecision {
  const current = facts.current?.subscription ?? null;
  const revision = facts.current?.revision ?? null;
  if (current === null && event.state === "foreign") return settle("ignored", eventReasons.foreign);
  const customerId = current?.customerId ?? facts.customerId;
  if (customerId === null) {
    // Some events name nothing but their subscription: the provider knows whose it is, and whether it is in our
    // catalog. What is not would wait for its customer for ever.
    if (event.state === "unreadable") return { action: "reread", subscriptionId: event.subscriptionId };
    return ownerless(event.providerCustomerId);
  }
  // It was ours, and had left the catalog before we first heard of it; or it was not, and became ours.
  const wasIgnored = facts.ignoredAt !== null && (clock === "none" || event.occurredAt <= facts.ignoredAt);
  const wasForeign = current === null && wasIgnored;
  if (wasForeign) return { action: "reread", subscriptionId: event.subscriptionId };
  return toDecision(event, current, projectEvent({ event, current, revision, customerId, clock }));
}

function toDecision(
  event: SubscriptionEvent,
  current: Subscription | null,
  projection: Projection,
): EventDecision {
  switch (projection.action) {
    case "reread":
      return { action: "reread", subscriptionId: event.subscriptionId };
    case "foreign":
      return settle("ignored", eventReasons.foreign);
    case "stale": {
      const ended = current?.status === "ended";
      return settle("stale", ended ? eventReasons.ended : eventReasons.newer, {
        callbacks: trialEndOf(event, current),
      });
    }
    case "apply": {
      const { subscription, callbacks } = projection;
      return settle("applied", null, { subscription, callbacks, jobs: jobsOf(current, subscription) });
    }
  }
}

/** A trial's coming end is still news when the state that came with it is old. */
function trialEndOf(event: SubscriptionEvent, current: Subscription | null): readonly Callback[] {
  return current !== null && isTrialEnding(event, current) ? trialEndingOf(current, current) : [];
}

/** Whether it is about the trial's current end: one that was put off meanwhile is told again when it comes. */
function isTrialEnding(event: SubscriptionEvent, now: ProviderSubscription | "foreign"): boolean {
  if (event.type !== "trial.ending" || now === "foreign") return false;
  const { state } = event;
  return state === "unreadable" || state === "foreign" || state.trialEndsAt === now.trialEndsAt;
}

/**
 * A payment for a subscription that is not stored may be another product's of the same account, or may have come before
 * its subscription: the provider knows which. It is also asked when a stored one can't be up to date.
 */
function decidePayment(event: PaymentEvent, facts: KnownFacts, clock: EventClock): EventDecision {
  const { subscriptionId } = event;
  const isKnown = subscriptionId === null || !isBehind(event, facts.current?.subscription ?? null, clock);
  return isKnown ? announcePayment(event, facts) : { action: "reread", subscriptionId };
}

function announcePayment(event: PaymentEvent, facts: KnownFacts): EventDecision {
  const { type, providerCustomerId, subscriptionId, invoiceId, amount, currency } = event;
  const id = paymentIdOf(event);
  const customerId = facts.customerId ?? facts.current?.subscription.customerId ?? null;
  if (customerId === null) {
    // Paid once, by somebody who was never here: only what our catalog sells can ever become our business.
    const isOthers = subscriptionId === null && providerCustomerId !== null && !event.isOfCatalog;
    return isOthers ? settle("ignored", eventReasons.foreign) : ownerless(providerCustomerId);
  }
  const data = { customerId, subscriptionId, invoiceId, amount, currency };
  const jobs = jobsOfPayment(event, facts.current?.subscription ?? null);
  return settle("applied", null, { callbacks: [{ id, type, data }], jobs });
}

/**
 * Made of the invoice and, where it may happen to it again, of the attempt: providers send several events for one fact.
 * Attempts that a person makes by hand are not counted by the provider, and share the id of the one before.
 */
function paymentIdOf({ id, type, invoiceId, attempt }: PaymentEvent): string {
  if (invoiceId === null) return `${id}:${type}`;
  return type === "payment.succeeded" ? `${invoiceId}:${type}` : `${invoiceId}:${type}:${attempt ?? id}`;
}

function ownerOf(state: ProviderSubscription | "foreign"): string | null {
  return state === "foreign" ? null : state.providerCustomerId;
}

function ownerless(providerCustomerId: string | null): EventDecision {
  if (providerCustomerId === null) return settle("ignored", eventReasons.nobody);
  return { action: "wait", providerCustomerId, reason: eventReasons.unknownCustomer };
}

function settle(
  state: SettledState,
  reason: string | null,
  what: Partial<
    Pick<Extract<EventDecision, { action: "settle" }>, "subscription" | "callbacks" | "jobs">
  > = {},
): EventDecision {
  return { action: "settle", state, reason, subscription: null, callbacks: [], jobs: [], ...what };
}

function isPayment(event: SubscriptionEvent | PaymentEvent): event is PaymentEvent {
  return "invoiceId" in event;
}
