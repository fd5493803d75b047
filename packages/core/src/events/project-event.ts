import { nextDunning } from "../dunning/next-dunning.js";
import type { EventClock, SubscriptionEvent } from "../language/billing-event.js";
import type { Callback } from "../language/callback.js";
import type { ProviderSubscription, Subscription } from "../language/subscription.js";
import { hasEnded } from "../language/subscription-predicates.js";
import type { IsoTime } from "../language/time.js";
import { carryCounts } from "../usage/carry-counts.js";
import { callbacksOf } from "./callbacks-of.js";

/** What to do about a subscription event, given what is stored. */
export type Projection =
  | { readonly action: "apply"; readonly subscription: Subscription; readonly callbacks: readonly Callback[] }
  /** The stored state is newer, or final. */
  | { readonly action: "stale" }
  /** The times alone can't decide, or the event can't be read: ask the provider for the object. */
  | { readonly action: "reread"; readonly reason: "too_close" | "unreadable" }
  /** It was never ours: no line of it is in our catalog, so it belongs to another product of the account. */
  | { readonly action: "foreign" };

/**
 * The plan of a subscription of ours whose lines have all left the catalog. No catalog can have a plan with this name,
 * so access is the free plan's, with `attention: "unknown_plan"`.
 */
export const unknownPlanId = "(unknown)";

/**
 * How close after the stored state an event may be for the times to decide nothing, in milliseconds: a state that was
 * read is dated up to one step of the provider's clock too early.
 */
const tooCloseMs = {
  second: 1000,
  millisecond: 1,
} as const satisfies Partial<Record<EventClock, number>>;

/**
 * Decides about a subscription event. Providers deliver late, twice and out of order; the order that counts is the
 * provider's own time, as fine as it is: Stripe's has whole seconds (https://docs.stripe.com/webhooks#event-ordering).
 * What is too close to call is settled by reading the object again, and so is every event of a provider that gives no
 * time. What has ended stays ended.
 *
 * @example
 * function isNews(event: SubscriptionEvent, current: Subscription | null): boolean {
 *   return projectEvent({ event, current, revision: null, customerId: "org_1" }).action === "apply";
 * }
 */
export function projectEvent(input: {
  readonly event: SubscriptionEvent;
  /** What is stored of this subscription; `null` when nothing is. */
  readonly current: Subscription | null;
  /** Of `current`. */
  readonly revision: string | null;
  readonly customerId: string;
  /** The provider's. @default "second" */
  readonly clock?: EventClock;
}): Projection {
  const { event, current, revision, customerId, clock = "second" } = input;
  const state = withDiscounts(stateOf(event, current), current);
  if (state === "foreign") return { action: "foreign" };
  if (current !== null && hasEnded(current)) return { action: "stale" };
  // An end is final, so it counts whatever the clocks say about the rest.
  const isEnd = state !== "unreadable" && hasEnded(state);
  const isOlder = current !== null && clock !== "none" && event.occurredAt < current.asOf;
  if (isOlder && !isEnd) return { action: "stale" };
  if (state === "unreadable") return { action: "reread", reason: "unreadable" };
  const isClose =
    clock === "none" || (current !== null && isWithin(event.occurredAt, current.asOf, tooCloseMs[clock]));
  if (isClose && !isEnd) return { action: "reread", reason: "too_close" };
  return applyState({
    state,
    asOf: isOlder ? current.asOf : event.occurredAt,
    current,
    revision,
    customerId,
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
 *   return projectRead({ state, asOf, current: null, revision: null, customerId: "org_1" });
 * }
 */
export function projectRead(input: {
  readonly state: ProviderSubscription | "foreign";
  readonly asOf: IsoTime;
  readonly current: Subscription | null;
  /** Of `current`. */
  readonly revision: string | null;
  readonly customerId: string;
  readonly trialEnding?: boolean;
  /**
   * When the event that made us read occurred. The read came after it, even if it is dated a little too
   * early.
   */
  readonly since?: IsoTime;
}): Projection {
  const { current, since, trialEnding = false } = input;
  const found = input.state === "foreign" ? toUnknownPlan(current) : input.state;
  if (found === "foreign") return { action: "foreign" };
  const { discountIds: _, ...state } = found;
  if (current !== null && hasEnded(current)) return { action: "stale" };
  const asOf = latestOf(input.asOf, since, current?.asOf);
  return applyState({ ...input, state, asOf, trialEnding });
}

/** What an event says of a subscription, also of one that was ours and has left the catalog. */
function stateOf(event: SubscriptionEvent, current: Subscription | null): SubscriptionEvent["state"] {
  if (event.state !== "foreign") return event.state;
  if (current === null || event.type !== "subscription.ended") return toUnknownPlan(current);
  const endedAt = event.occurredAt;
  return { ...current, status: "ended", endedAt, cancelAt: null, pendingChange: null, arrears: null };
}

/**
 * A subscription that is stored was ours, whatever lines it has now. It no longer pays for its old plan, and it
 * may come back to one of ours, so it is neither left as it was nor ended.
 */
function toUnknownPlan(current: Subscription | null): ProviderSubscription | "foreign" {
  if (current === null) return "foreign";
  const items = current.items.map((item) => ({ ...item, planId: null, group: null, interval: null }));
  return { ...current, planId: unknownPlanId, items, pendingChange: null };
}

function applyState(input: {
  readonly state: ProviderSubscription;
  readonly asOf: IsoTime;
  readonly current: Subscription | null;
  readonly revision: string | null;
  readonly customerId: string;
  readonly trialEnding: boolean;
}): Projection {
  const { state, asOf, current, revision, customerId, trialEnding } = input;
  const pastDueSince = state.status === "past_due" ? (current?.pastDueSince ?? asOf) : null;
  const dunning = nextDunning(current, state, asOf);
  // On top of what was stored: a later release may have put something there that this one does not know.
  const countedFrom = carryCounts(current, state);
  const { givenTrial: _given, discounts: _discounts, ...known } = current ?? {};
  const given = isGiven(current, state) ? { givenTrial: true as const } : {};
  const own = { customerId, pastDueSince, dunning, countedFrom, asOf, ...given };
  const subscription: Subscription = { ...known, ...state, ...own };
  return {
    action: "apply",
    subscription,
    callbacks: callbacksOf({ before: current, revision, after: subscription, trialEnding }),
  };
}

/**
 * What the discounts take off that an event names. One that is not known yet is read once; an end doesn't wait for it.
 */
function withDiscounts(
  state: SubscriptionEvent["state"],
  current: Subscription | null,
): SubscriptionEvent["state"] {
  if (typeof state === "string" || state.discountIds === undefined) return state;
  const { discountIds, ...told } = state;
  const known = (current?.discounts ?? []).filter(({ id }) => discountIds.includes(id));
  if (known.length < discountIds.length && !hasEnded(state)) return "unreadable";
  return known.length === 0 ? told : { ...told, discounts: known };
}

/** Whether a trial is a free month for somebody who pays, and no trial of a new customer. */
function isGiven(current: Subscription | null, { status }: ProviderSubscription): boolean {
  if (status !== "trialing" || current === null) return false;
  return current.status === "active" || current.status === "past_due" || current.givenTrial === true;
}

/** Whether a time is at most this many milliseconds after another, or before it. */
function isWithin(time: IsoTime, from: IsoTime, ms: number): boolean {
  return Date.parse(time) - Date.parse(from) <= ms;
}

function latestOf(first: IsoTime, ...others: readonly (IsoTime | undefined)[]): IsoTime {
  let latest = first;
  for (const time of others) if (time !== undefined && time > latest) latest = time;
  return latest;
}
