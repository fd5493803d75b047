import type { IsoTime } from "../language/time.js";
import { billingMonthOf, hasBillingMonths } from "../usage/billing-month.js";
import type { AccessState } from "./access-state.js";

/**
 * The next moment at which deciding again, from the same facts, may give another answer: a scheduled end, the end of a
 * grace period, of a trial or of a billing period, an agreed change, a count that starts again, or credits that expire or are granted anew. `null` when only an
 * event can change it. A decision must not be kept beyond it.
 *
 * @param usage The counts that the decision was made with, each until it starts again.
 * @example
 * function mayBeKept(state: AccessState, now: Date): boolean {
 *   const change = nextChangeOf(state, []);
 *   return change === null || Date.parse(change) > now.getTime();
 * }
 */
export function nextChangeOf(
  state: AccessState,
  usage: readonly { readonly endsAt: IsoTime | null }[],
): IsoTime | null {
  let next: IsoTime | null = null;
  const consider = (moment: IsoTime | null | undefined) => {
    if (moment === null || moment === undefined || moment <= state.decidedAt) return;
    if (next === null || moment < next) next = moment;
  };
  consider(state.graceEndsAt);
  // Those outranked by another one of their group don't count, and time only takes away from them.
  for (const {
    cancelAt,
    trialEndsAt,
    currentPeriod,
    pendingChange,
    pause,
    interval,
  } of state.subscriptions) {
    consider(cancelAt);
    consider(trialEndsAt);
    consider(currentPeriod?.end);
    if (state.credits && currentPeriod !== null && hasBillingMonths(interval))
      consider(billingMonthOf(currentPeriod, new Date(state.decidedAt)).end);
    consider(pendingChange?.at);
    consider(pause?.resumesAt);
  }
  for (const { endsAt } of usage) consider(endsAt);
  for (const { resetsAt } of Object.values(state.features)) consider(resetsAt);
  for (const { expiring } of Object.values(state.credits ?? {})) consider(expiring?.at);
  if (state.credits) consider(nextMonth(state.decidedAt));
  return next;
}

/** When a free plan grants its credits again. */
function nextMonth(at: IsoTime): IsoTime {
  const now = new Date(at);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString();
}
