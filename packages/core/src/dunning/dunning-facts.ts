import type { CallbackData, DunningCallbackData, DunningEndedData } from "../language/callback.js";
import type { Dunning, Subscription } from "../language/subscription.js";
import { isActive } from "../language/subscription-predicates.js";

/** A fact about a failed payment that a change of state tells, without the id of its callback. */
export type DunningFact = {
  readonly [T in "payment.recovered" | "dunning.ended"]: { readonly type: T; readonly data: CallbackData[T] };
}["payment.recovered" | "dunning.ended"];

/** What a change of state says about a payment that had failed: it is settled, or nobody collects it any more. */
export function dunningFacts(before: Subscription | null, after: Subscription): readonly DunningFact[] {
  const dunning = before?.dunning ?? null;
  if (before === null || dunning === null) return [];
  const data = dunningData(before, dunning);
  if (isActive(after)) return [{ type: "payment.recovered", data: { ...data, recoveredAt: after.asOf } }];
  const outcome = before.status === "past_due" ? outcomeOf(before, dunning, after) : null;
  if (outcome === null) return [];
  const endedAt = after.endedAt ?? after.asOf;
  return [{ type: "dunning.ended", data: { ...data, endedAt, outcome } }];
}

/** What every callback about a failed payment has. */
export function dunningData(
  { customerId, planId, provider, id: subscriptionId }: Subscription,
  { invoiceId, amount, currency, attempts, since, noticed }: Dunning,
): DunningCallbackData {
  const whose = { customerId, planId, provider, subscriptionId, invoiceId };
  return { ...whose, amount, currency, attempts, since, noticed };
}

/** Whoever ends it while an attempt is still planned is not the provider that gave up. */
function outcomeOf(
  { cancelAt }: Subscription,
  { nextAttemptAt }: Dunning,
  { status, endedAt, asOf }: Subscription,
): DunningEndedData["outcome"] | null {
  if (status === "unpaid" || status === "paused") return status;
  if (status !== "ended") return null;
  const wasPlanned = nextAttemptAt !== null && nextAttemptAt > (endedAt ?? asOf);
  return cancelAt !== null || wasPlanned ? "cancelled" : "ended";
}
