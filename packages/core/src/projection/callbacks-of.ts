import type { Callback, CallbackData, CallbackType, SubscriptionCallbackData } from "../callback.js";
import { hasEnded, isActive, type Subscription } from "../subscription.js";

type SubscriptionCallbackType = {
  [T in CallbackType]: CallbackData[T] extends SubscriptionCallbackData ? T : never;
}[CallbackType];

/**
 * What a change of state means to the app: one callback per fact, in the order in which they matter.
 * The same state twice means nothing.
 */
export function callbacksOf(input: {
  readonly before: Subscription | null;
  readonly after: Subscription;
  readonly cause: string;
  readonly trialEnding: boolean;
}): readonly Callback[] {
  const { before, after, cause, trialEnding } = input;
  const types = [...statusFacts(before, after), ...termFacts(before, after)];
  if (trialEnding && after.status === "trialing") types.push("trial.ending");
  const data = { customerId: after.customerId, planId: after.planId, subscription: after, previous: before };
  return types.map((type) => ({ id: `${cause}:${type}`, type, data }));
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
  const changed =
    before !== null &&
    (before.planId !== after.planId ||
      before.interval !== after.interval ||
      before.quantity !== after.quantity);
  if (changed) facts.push("subscription.changed");
  const wasScheduled = before !== null && before.cancelAt !== null;
  if (!wasScheduled && after.cancelAt !== null) facts.push("subscription.cancel_scheduled");
  if (wasScheduled && after.cancelAt === null) facts.push("subscription.cancel_undone");
  return facts;
}
