import type { Subscription } from "../../world/wire.js";
import { type Period, setPeriod } from "./subscription-period.js";

/** How a paused subscription resumes; times in seconds since 1970. */
export type Resumption = {
  invoice: string;
  /** When the invoice is voided unless somebody tried to pay it. */
  expiresAt: number;
  anchor: number;
  /** By the id of the item. */
  periods: Record<string, Period>;
  /** Whether only a payment that succeeds ends the pause; otherwise a failed one makes it past due. */
  needsSuccess: boolean;
};

/** What Stripe shows of a resumption that waits for its invoice: an update of nothing, and when it is given up. */
export const resumptionShown = (expires_at: number): NonNullable<Subscription["pending_update"]> => ({
  billing_cycle_anchor: null,
  cancel_at_period_end: null,
  discount: null,
  discounts: null,
  expires_at,
  metadata: null,
  subscription_items: null,
  trial_end: null,
  trial_from_plan: null,
});

/** Resumes a paused subscription as planned, without an event yet. */
export const writeResumption = (draft: Subscription, resumption: Resumption): void => {
  delete draft.status_details;
  draft.status = "active";
  draft.pending_update = null;
  draft.billing_cycle_anchor = resumption.anchor;
  for (const item of draft.items.data) {
    const period = resumption.periods[item.id];
    if (period) setPeriod(item, period);
  }
};
