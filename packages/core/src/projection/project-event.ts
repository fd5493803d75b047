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
  | { readonly action: "reread"; readonly reason: "too_close" | "unreadable" }
  /** No line of the subscription is in our catalog: it belongs to another product of the same account. */
  | { readonly action: "foreign" };

/**
 * How little after the stored state an event may be for time to tell nothing, in milliseconds: the
 * provider's time has whole seconds, and a state that was read is dated up to one too early.
 */
const tooCloseMs = 1000;

/**
 * Decides about a subscription event. Providers deliver late, twice and out of order; the order that
 * counts is the provider's own time, which has whole seconds
 * (https://docs.stripe.com/webhooks#event-ordering). What is too close to tell is settled by reading the
 * object again. What has ended stays ended.
 *
 * @example
 * function isNews(event: SubscriptionEvent, current: Subscription | null): boolean {
 *   return projectEvent({ event, current, customerId: "org_1" }).action === "apply";
 * }
 */
export function projectEvent(input: {
  readonly event: SubscriptionEvent;
  /** What is stored of this subscription; `null` when nothing is. */
  readonly current: Subscription | null;
  readonly customerId: string;
}): Projection {
  const { event, current, customerId } = input;
  if (event.state === "foreign") return projectForeign(event, current, customerId);
  if (current !== null && hasEnded(current)) return { action: "stale" };
  // An end is final, so it counts whatever the clocks say of the rest.
  const isEnd = event.state !== "unreadable" && hasEnded(event.state);
  const isOlder = current !== null && event.occurredAt < current.asOf;
  if (isOlder && !isEnd) return { action: "stale" };
  if (event.state === "unreadable") return { action: "reread", reason: "unreadable" };
  const isClose = current !== null && Date.parse(event.occurredAt) - Date.parse(current.asOf) <= tooCloseMs;
  if (isClose && !isEnd) return { action: "reread", reason: "too_close" };
  return applyState({
    state: event.state,
    asOf: isOlder ? current.asOf : event.occurredAt,
    current,
    customerId,
    cause: event.id,
    trialEnding: event.type === "trial.ending",
  });
}

/**
 * Decides about a state that was read from the provider at `asOf` (the provider's time): when two events
 * are too close, one is unreadable, or at the return from checkout. The caller makes sure that `current` is
 * what was stored before the read began: the read is then the newer state, whatever the clocks say.
 *
 * @example
 * function afterReturn(state: ProviderSubscription, asOf: IsoTime): Projection {
 *   return projectRead({ state, asOf, current: null, customerId: "org_1", cause: "cs_1" });
 * }
 */
export function projectRead(input: {
  readonly state: ProviderSubscription;
  readonly asOf: IsoTime;
  readonly current: Subscription | null;
  readonly customerId: string;
  /** What made us read, for the ids of the callbacks: the event's id, or the checkout's. */
  readonly cause: string;
  readonly trialEnding?: boolean;
  /**
   * When the event that made us read occurred. The read came after it, even if it is dated a little too
   * early.
   */
  readonly since?: IsoTime;
}): Projection {
  const { current, since, trialEnding = false } = input;
  if (current !== null && hasEnded(current)) return { action: "stale" };
  const asOf = latestOf(input.asOf, since, current?.asOf);
  return applyState({ ...input, asOf, trialEnding });
}

/**
 * A subscription that is stored was ours, whatever lines it has now: its end must reach us, or access would
 * stay open for ever.
 */
function projectForeign(
  event: SubscriptionEvent,
  current: Subscription | null,
  customerId: string,
): Projection {
  if (current === null || event.type !== "subscription.ended") return { action: "foreign" };
  if (hasEnded(current)) return { action: "stale" };
  const asOf = event.occurredAt;
  const state = { ...current, status: "ended", endedAt: asOf, cancelAt: null, pendingChange: null } as const;
  return applyState({ state, asOf, current, customerId, cause: event.id, trialEnding: false });
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

function latestOf(first: IsoTime, ...others: readonly (IsoTime | undefined)[]): IsoTime {
  let latest = first;
  for (const time of others) if (time !== undefined && time > latest) latest = time;
  return latest;
}
