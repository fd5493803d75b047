import type { SubscriptionEvent } from "../billing-event.js";
import type { Callback } from "../callback.js";
import { hasEnded, type ProviderSubscription, type Subscription } from "../subscription.js";
import type { IsoTime } from "../time.js";
import { callbacksOf } from "./callbacks-of.js";

/** What to do with a subscription event, given what is stored. */
export type Projection =
  | { readonly action: "apply"; readonly subscription: Subscription; readonly callbacks: readonly Callback[] }
  /** The stored state is newer, or final. */
  | { readonly action: "stale" }
  /** Time alone can't tell, or the event can't be read: ask the provider for the object. */
  | { readonly action: "reread"; readonly reason: "same_second" | "unreadable" }
  /** No line of the subscription is in our catalog: it belongs to another product of the same account. */
  | { readonly action: "foreign" };

/**
 * Decides about a subscription event. Providers deliver late, twice and out of order; the order that
 * counts is the provider's own time, which has whole seconds
 * (https://docs.stripe.com/webhooks#event-ordering). Two events of the same second are settled by
 * reading the object again. What has ended stays ended.
 */
export function projectEvent(input: {
  readonly event: SubscriptionEvent;
  /** What is stored of this subscription; `null` when nothing is. */
  readonly current: Subscription | null;
  readonly customerId: string;
}): Projection {
  const { event, current, customerId } = input;
  if (event.state === "foreign") return { action: "foreign" };
  if (current !== null && (hasEnded(current) || event.occurredAt < current.asOf)) return { action: "stale" };
  if (event.state === "unreadable") return { action: "reread", reason: "unreadable" };
  const tied = current !== null && event.occurredAt === current.asOf;
  // An end is final, so it needs no second look even within the same second.
  if (tied && !hasEnded(event.state)) return { action: "reread", reason: "same_second" };
  return applyState({
    state: event.state,
    asOf: event.occurredAt,
    current,
    customerId,
    cause: event.id,
    trialEnding: event.type === "trial.ending",
  });
}

/**
 * Decides about a state that was read from the provider at `asOf` (the provider's time): after a tie,
 * an unreadable event, or the return from checkout.
 */
export function projectRead(input: {
  readonly state: ProviderSubscription;
  readonly asOf: IsoTime;
  readonly current: Subscription | null;
  readonly customerId: string;
  /** What made us read, for the ids of the callbacks: the event's id, or the checkout's. */
  readonly cause: string;
  readonly trialEnding?: boolean;
}): Projection {
  const { current, asOf } = input;
  if (current !== null && (hasEnded(current) || asOf < current.asOf)) return { action: "stale" };
  return applyState({ ...input, trialEnding: input.trialEnding ?? false });
}

function applyState(input: {
  readonly state: ProviderSubscription;
  readonly asOf: IsoTime;
  readonly current: Subscription | null;
  readonly customerId: string;
  readonly cause: string;
  readonly trialEnding: boolean;
}): Projection {
  const { state, asOf, current, customerId, cause, trialEnding } = input;
  const pastDueSince = state.status === "past_due" ? (current?.pastDueSince ?? asOf) : null;
  const subscription: Subscription = { ...state, customerId, pastDueSince, asOf };
  return {
    action: "apply",
    subscription,
    callbacks: callbacksOf({ before: current, after: subscription, cause, trialEnding }),
  };
}
