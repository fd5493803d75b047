import type { ChangeCause, EndingKind, HistoryEntry } from "../language/history.js";
import type { Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { changedFields } from "./changed-fields.js";
import { recurringRevenue } from "./recurring-revenue.js";

/** A subscription as it was and is to be stored. */
export interface RecordedChange {
  /** `null`: it was not stored. */
  readonly before: Subscription | null;
  readonly after: Subscription;
  readonly cause: ChangeCause;
  /** When it is stored. */
  readonly at: IsoTime;
}

/**
 * The history's entry for a subscription that is saved; `null` where nothing has changed but the time of what is known,
 * or notes of ours about whom we told what.
 *
 * @example
 * function save(before: Subscription, after: Subscription): HistoryEntry | null {
 *   return recordChange({ before, after, cause: { kind: "read" }, at: new Date().toISOString() });
 * }
 */
export function recordChange({ before, after, cause, at }: RecordedChange): HistoryEntry | null {
  const changed = before === null ? [] : changedFields(before, after).filter((field) => !notes.has(field));
  if (before !== null && changed.length === 0) return null;
  const mrr = recurringRevenue(after);
  const earlier = before === null ? 0 : recurringRevenue(before);
  return {
    kind: "subscription",
    customerId: after.customerId,
    provider: after.provider,
    subjectId: after.id,
    subscriptionId: after.id,
    occurredAt: timeOf(before, after),
    appliedAt: at,
    cause,
    currency: after.currency,
    status: after.status,
    changed,
    mrr,
    delta: mrr - earlier,
    amount: null,
    ending: mrr === 0 && earlier > 0 ? endingOf(before, after) : null,
    trial: trialOf(before, after, mrr),
    factId: null,
    subscription: after,
    product: null,
  };
}

/** What runs when we first hear of it counts from its beginning; a later state from when the provider had it. */
function timeOf(before: Subscription | null, { status, startedAt, asOf }: Subscription): IsoTime {
  return before === null && status !== "ended" && startedAt < asOf ? startedAt : asOf;
}

const notes: ReadonlySet<string> = /* @__PURE__ */ new Set(["asOf", "expiringTold"]);

/** A payment that failed ends what nobody had cancelled. */
function endingOf(before: Subscription | null, after: Subscription): EndingKind {
  const isOverdue = before?.status === "past_due" || before?.status === "unpaid";
  const hasFailed = isOverdue || after.status === "unpaid" || after.pause?.reason === "failed";
  const wasCancelled = before?.cancelAt != null || (after.cancellation ?? null) !== null;
  return hasFailed && !wasCancelled ? "involuntary" : "voluntary";
}

function trialOf(before: Subscription | null, after: Subscription, mrr: number): HistoryEntry["trial"] {
  const isTrial = (one: Subscription | null) => one?.status === "trialing" && one.givenTrial !== true;
  if (isTrial(after)) return isTrial(before) ? null : "began";
  if (!isTrial(before)) return null;
  return after.status === "active" || after.status === "past_due" || mrr > 0 ? "converted" : "lost";
}
