import { dunningFacts } from "../dunning/dunning-facts.js";
import { addOnLinesOf, countAddOns } from "../language/add-on-lines.js";
import type { Callback, CallbackData, CallbackType, SubscriptionCallbackData } from "../language/callback.js";
import { planLinesOf } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";
import { hasEnded, isActive } from "../language/subscription-predicates.js";

type SubscriptionCallbackType = {
  [T in CallbackType]: CallbackData[T] extends SubscriptionCallbackData ? T : never;
}[CallbackType];

/**
 * What a change of state means to the app: one callback per fact, in the order in which they matter.
 * The same state twice means nothing.
 *
 * A callback's id is made of the subscription and of the stored state that was left, never of what told us: the same
 * fact learned from two events, from a read or by reconciling is one fact, because a stored state is left once. It
 * includes the new state's time for a database that was restored from a backup, where revisions are given out again.
 *
 * @param input.revision of `before`; `null` for the first state that is stored
 */
export function callbacksOf(input: {
  readonly before: Subscription | null;
  readonly revision: string | null;
  readonly after: Subscription;
  readonly trialEnding: boolean;
}): readonly Callback[] {
  const { before, revision, after, trialEnding } = input;
  const types = [...statusFacts(before, after), ...termFacts(before, after)];
  const data = { customerId: after.customerId, planId: after.planId, subscription: after, previous: before };
  const changes = types.map((type) => {
    return { id: `${after.id}:${type}:${revision ?? "first"}:${after.asOf}`, type, data } as const;
  });
  const dunning = dunningFacts(before, after).map((fact) => {
    return { id: `${after.id}:${fact.type}:${revision ?? "first"}:${after.asOf}`, ...fact };
  });
  const trial = trialEnding ? trialEndingOf(after, before) : [];
  return [...changes, ...dunning, ...trial];
}

/** That a trial ends soon: told once for each end that is set. */
export function trialEndingOf(after: Subscription, before: Subscription | null): readonly Callback[] {
  const { id, status, trialEndsAt, customerId, planId } = after;
  if (status !== "trialing") return [];
  const data = { customerId, planId, subscription: after, previous: before };
  return [{ id: `${id}:trial.ending:${trialEndsAt}`, type: "trial.ending", data }];
}

function statusFacts(before: Subscription | null, after: Subscription): SubscriptionCallbackType[] {
  const from = before?.status ?? "incomplete";
  const to = after.status;
  if (from === to) return [];
  if (to === "ended") return before === null || from === "incomplete" ? [] : ["subscription.ended"];
  if (to === "paused") return ["subscription.paused"];
  if (to === "past_due" || to === "unpaid")
    return from === "past_due" || from === "unpaid" ? [] : ["subscription.past_due"];
  if (!isActive(after) || (before !== null && isActive(before))) return [];
  if (from === "past_due" || from === "unpaid") return ["subscription.recovered"];
  return from === "paused" ? ["subscription.resumed"] : ["subscription.activated"];
}

function termFacts(before: Subscription | null, after: Subscription): SubscriptionCallbackType[] {
  if (hasEnded(after)) return [];
  const facts: SubscriptionCallbackType[] = [];
  if (before !== null && termsOf(before) !== termsOf(after)) facts.push("subscription.changed");
  const wasScheduled = (before?.cancelAt ?? null) !== null;
  if (!wasScheduled && after.cancelAt !== null) facts.push("subscription.cancel_scheduled");
  if (wasScheduled && after.cancelAt === null) facts.push("subscription.cancel_undone");
  if (!pausesCollection(before) && pausesCollection(after)) facts.push("subscription.paused");
  if (pausesCollection(before) && after.pause === null) facts.push("subscription.resumed");
  return facts;
}

/** Its status doesn't say: the service continues. */
function pausesCollection(subscription: Subscription | null): boolean {
  return subscription?.pause?.kind === "collection";
}

/** For every plan and add-on that it bills; a price may have moved to another line, and the order means nothing. */
function termsOf(subscription: Subscription): string {
  const terms = planLinesOf(subscription).map(({ planId, interval, quantity }) => [
    planId,
    interval,
    quantity,
  ]);
  const addOns = Object.entries(countAddOns(addOnLinesOf(subscription)));
  return [...terms, ...addOns]
    .map((one) => JSON.stringify(one))
    .sort()
    .join();
}
