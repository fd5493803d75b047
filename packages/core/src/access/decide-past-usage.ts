import type { IsoTime } from "../language/time.js";
import { asOfThen } from "./as-of-then.js";
import { decideUsage, type UsageDecision, type UsageInput } from "./decide-usage.js";
import type { UsagePeriod } from "./usage-period.js";

/** A use that can no longer be counted in the period that it belongs to. */
export interface LateUse {
  /** The period that is over; `null`: it is still running, and whoever bills it takes nothing that old. */
  readonly endedAt: IsoTime | null;
}

/** 34 days: Stripe takes meter events of up to 35 days ago (https://docs.stripe.com/api/billing/meter-event/create). */
const oldestBilledMs = 2_937_600_000;

/**
 * How a use of some time ago is counted: in the period that it belongs to, for as long as that can still be billed.
 *
 * @param at When it was used, not later than `now`.
 * @param lateMs How long after its end a period is still open.
 * @returns `endedAt` where it comes too late
 * @throws BillingError `unknown_feature`
 * @example
 * function isLate(facts: UsageInput, at: Date): boolean {
 *   return "endedAt" in decidePastUsage(facts, "messages", { at, lateMs: 45 * 60_000 });
 * }
 */
export function decidePastUsage(
  input: UsageInput,
  featureId: string,
  { at, lateMs }: { readonly at: Date; readonly lateMs: number },
): UsageDecision | LateUse {
  const { now, counts } = input;
  const present = decideUsage(input, featureId);
  const isTooOld = ({ billedBy }: UsageDecision) =>
    billedBy !== null && now.getTime() - at.getTime() > oldestBilledMs;
  const then = decideUsage(
    { ...input, subscriptions: asOfThen(input.subscriptions, at), now: at },
    featureId,
  );
  if (then.period.startsAt === present.period.startsAt)
    return isTooOld(present) ? { endedAt: null } : present;
  // What was counted then says when its period was, however it came to be.
  const known = counts
    .filter(({ feature, startsAt, endsAt }) => feature === featureId && spans(startsAt, endsAt, at))
    .sort((a, b) => (a.startsAt < b.startsAt ? 1 : -1));
  const own = known.find(({ startsAt }) => startsAt === then.period.startsAt) ?? known[0];
  const period = own === undefined ? then.period : { startsAt: own.startsAt, endsAt: own.endsAt ?? null };
  const endedAt = endOf(period, then, input);
  if (endedAt !== null && now.getTime() - Date.parse(endedAt) > lateMs) return { endedAt };
  if (isTooOld(then)) return { endedAt: null };
  return { ...then, period };
}

function spans(startsAt: IsoTime, endsAt: IsoTime | null | undefined, at: Date): boolean {
  if (Date.parse(startsAt) > at.getTime() || endsAt === undefined) return false;
  return endsAt === null || Date.parse(endsAt) > at.getTime();
}

/** When the period was over: where it is billed and the subscription was ended at once, it was billed then, for good. */
function endOf(
  { endsAt }: UsagePeriod,
  { billedBy }: UsageDecision,
  { subscriptions }: UsageInput,
): IsoTime | null {
  const stored = subscriptions.find(
    ({ id, provider }) => id === billedBy?.id && provider === billedBy.provider,
  );
  const endedAt = stored?.status === "ended" ? stored.endedAt : null;
  if (endedAt === null || stored?.currentPeriod == null) return endsAt;
  return Date.parse(endedAt) < Date.parse(stored.currentPeriod.end) ? "1970-01-01T00:00:00.000Z" : endsAt;
}
