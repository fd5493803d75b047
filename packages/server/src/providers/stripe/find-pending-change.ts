import type { PendingChange } from "@tollgate/core";
import type Stripe from "stripe";
import { type PricePlan, planOfPrice } from "./names.js";
import { toIsoTime } from "./to-iso-time.js";

type Terms = PricePlan & { readonly quantity: number };

/**
 * What a subscription's schedule (expanded, with the prices of its phases) will change it to next; `null`
 * when the next phase changes nothing that we show.
 */
export function findPendingChange(subscription: Stripe.Subscription, present: Terms): PendingChange | null {
  const { schedule } = subscription;
  if (schedule === null || typeof schedule === "string" || schedule.current_phase === null) return null;
  const { end_date: presentEnd } = schedule.current_phase;
  const next = schedule.phases.find((phase) => phase.start_date >= presentEnd);
  if (next === undefined) return null;
  for (const item of next.items) {
    const plan = typeof item.price === "string" || "deleted" in item.price ? null : planOfPrice(item.price);
    if (plan === null) continue;
    const terms = { planId: plan.planId, interval: plan.interval, quantity: item.quantity ?? 1 };
    return isSame(terms, present) ? null : { ...terms, at: toIsoTime(next.start_date) };
  }
  return null;
}

function isSame(next: Omit<PendingChange, "at">, present: Terms): boolean {
  return (
    next.planId === present.planId && next.interval === present.interval && next.quantity === present.quantity
  );
}
