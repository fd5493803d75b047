import type { PlanDescription, PlanOffer, SubscriptionSummary } from "@tollgate/core";

/** The sentence under a plan's button: what happens to it, or will if it is pressed. */
export type PlanNote =
  | { readonly kind: "trial_offered"; readonly days: number }
  | { readonly kind: "trial_runs"; readonly until: string }
  | { readonly kind: "ends"; readonly at: string }
  /** The running plan gives way to `planId` at `at`. */
  | { readonly kind: "changes"; readonly planId: string; readonly at: string }
  | { readonly kind: "payment_failed"; readonly isTheirs: boolean }
  | { readonly kind: "paused" }
  /** They have `planId`, which can't become this one here. */
  | { readonly kind: "not_switchable"; readonly planId: string }
  /** The card shows what a change would cost, and they pay something else now. */
  | { readonly kind: "pays_now" };

/** The most urgent thing to say about a plan; `null` when there is nothing. */
export function decideNote(input: {
  readonly plan: PlanDescription;
  readonly offer: PlanOffer;
  /** What they have in the plan's group. */
  readonly held: SubscriptionSummary | null;
  /** Whether they may manage billing: a failed payment is theirs to mend. */
  readonly canManage: boolean;
}): PlanNote | null {
  const { plan, offer, held, canManage } = input;
  if (offer.kind === "checkout") {
    return offer.trialDays > 0 ? { kind: "trial_offered", days: offer.trialDays } : null;
  }
  if (held?.planId !== plan.id) {
    return held && offer.kind === "not_switchable" ? { kind: offer.kind, planId: held.planId } : null;
  }
  const { status, cancelAt, pendingChange, trialEndsAt } = held;
  if (status === "past_due" || status === "unpaid") return { kind: "payment_failed", isTheirs: canManage };
  if (status === "paused") return { kind: "paused" };
  if (cancelAt !== null) return { kind: "ends", at: cancelAt };
  if (pendingChange !== null) return { kind: "changes", planId: pendingChange.planId, at: pendingChange.at };
  if (status === "trialing" && trialEndsAt !== null) return { kind: "trial_runs", until: trialEndsAt };
  return offer.kind === "current" ? null : { kind: "pays_now" };
}
