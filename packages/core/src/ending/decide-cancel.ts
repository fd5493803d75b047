import type { Cancellation } from "../language/cancellation.js";
import { type IntervalUnit, intervalParts } from "../language/interval.js";
import type { CancelTime, Subscription } from "../language/subscription.js";
import { hasEnded } from "../language/subscription-predicates.js";
import { addDays, type IsoTime } from "../language/time.js";
import { notSupported } from "./choose-subscription.js";
import { chooseTime } from "./choose-time.js";
import type { CancelSettlement, EndingAbilities, EndTime } from "./ending-abilities.js";

/** What to do about a wish to cancel; `unchanged`: it is as it should be already. */
export type CancelDecision =
  | { readonly kind: "unchanged" }
  | { readonly kind: "end"; readonly at: EndTime; readonly settlement: CancelSettlement };

/**
 * When a subscription that somebody cancels ends. With the period's end nothing that is paid for is lost; where nothing
 * is paid for any more (paused in full, or the period's own payment is missing) that is at once, and no attempt to
 * collect follows. Cancelling what is cancelled for the same time changes nothing, another time moves the end, and what
 * has ended stays so.
 *
 * | state | period end | now | a date |
 * |---|---|---|---|
 * | trialing | the trial's end | at once | that date |
 * | active, or collection is paused | the period's end | at once | that date |
 * | past_due, unpaid: the period is not paid for | at once | at once | at once |
 * | paused in full | at once | at once | at once |
 * | ended | unchanged | unchanged | unchanged |
 *
 * @param input.said what the customer said now; `null`: nothing
 * @throws BillingError `invalid_time`, `not_supported` where the provider can't
 * @example
 * function endsAtOnce(subscription: Subscription, abilities: EndingAbilities, now: Date): boolean {
 *   const decided = decideCancel({ subscription, at: "period_end", settlement: "nothing", said: null, abilities, now });
 *   return decided.kind === "end" && decided.at.kind === "now"; // true while it is past due
 * }
 */
export function decideCancel(input: {
  readonly subscription: Subscription;
  readonly at: CancelTime | IsoTime;
  readonly settlement: CancelSettlement;
  readonly said: Cancellation | null;
  /** `null`: the provider can do nothing of it. */
  readonly abilities: EndingAbilities | null;
  readonly now: Date;
}): CancelDecision {
  const { subscription, settlement, abilities, now } = input;
  const at = toEndTime(input.at, now);
  if (hasEnded(subscription)) {
    // A crash may have come between the end and the refund: the provider knows whether it still owes one.
    const owes = at.kind === "now" && settlement === "refund" && abilities?.settlements.includes("refund");
    return owes ? { kind: "end", at, settlement } : { kind: "unchanged" };
  }
  const end: EndTime = at.kind !== "now" && isUsedUp(subscription, now) ? { kind: "now" } : at;
  if (!abilities?.ends.includes(end.kind)) throw notSupported("end it then", { at: end.kind });
  if (isEndOf(subscription, end) && isSame(subscription.cancellation, input.said))
    return { kind: "unchanged" };
  // What runs to its end leaves nothing unused, and what was not paid for has nothing to give back.
  const settles = at.kind === "now" && !isUsedUp(subscription, now) ? settlement : "nothing";
  if (!abilities.settlements.includes(settles)) throw notSupported("settle it so", { settlement: settles });
  return { kind: "end", at: end, settlement: settles };
}

function toEndTime(at: CancelTime | IsoTime, now: Date): EndTime {
  return at === "now" || at === "period_end"
    ? { kind: at }
    : { kind: "date", date: chooseTime("at", at, now) };
}

/** Whether nothing that is paid for is left. An upgrade whose payment failed leaves what was paid before. */
function isUsedUp({ status, arrears }: Subscription, now: Date): boolean {
  if (status === "paused" || status === "unpaid") return true;
  const end = arrears?.paidPeriod?.end;
  return status === "past_due" && (end === undefined || Date.parse(end) <= now.getTime());
}

function isEndOf(subscription: Subscription, at: EndTime): boolean {
  if (at.kind === "now") return false;
  if (at.kind === "date") return subscription.cancelAt === at.date;
  const end = periodEndOf(subscription);
  return end !== null && subscription.cancelAt === end && isWhole(subscription);
}

/** The fewest days that a period of each unit has. */
const fewestDays = { day: 1, week: 7, month: 28, year: 365 } as const satisfies Record<IntervalUnit, number>;

/**
 * Whether its period is as long as it should be. An end at a date within it cuts it short, so that it seems to end with
 * the period: only the provider knows where that would have ended.
 */
function isWhole({ status, interval, currentPeriod }: Subscription): boolean {
  if (status === "trialing" || currentPeriod === null) return true;
  const { unit, count } = intervalParts(interval);
  return addDays(currentPeriod.start, fewestDays[unit] * count) <= currentPeriod.end;
}

/** When all of its lines are used up: their periods may differ. */
function periodEndOf({ items, currentPeriod }: Subscription): IsoTime | null {
  const ends = items.flatMap(({ currentPeriod }) => currentPeriod?.end ?? []).sort();
  return ends.at(-1) ?? currentPeriod?.end ?? null;
}

/** Whether what is said now adds nothing to what was said before. */
function isSame(before: Cancellation | null | undefined, said: Cancellation | null): boolean {
  if (said === null || (said.reason === null && said.feedback === null)) return true;
  return before?.reason === said.reason && before.feedback === said.feedback;
}
