import type { Callback, EntryMember, MemberOutcome, UsageEntry, UsageOutcome } from "@tollgate/core";
import { reachedAlerts } from "./reached-alerts.js";

/** A use that was counted before. */
export type UseKey = Pick<UsageEntry, "customerId" | "feature" | "idempotencyKey">;

/** Whose period of which feature. */
type Counter = Pick<UsageEntry, "customerId" | "feature"> & {
  readonly period: Pick<UsageEntry["period"], "startsAt">;
};

/** What a member used, and may. */
export type MemberCount = MemberOutcome;

/** Which count an entry belongs to. */
export function counterOf({ customerId, feature, period }: Counter): string {
  return JSON.stringify([customerId, feature, Date.parse(period.startsAt)]);
}

/** Which count of a member it belongs to. */
export function memberCounterOf(counter: Counter, { id }: Pick<EntryMember, "id">): string {
  return JSON.stringify([counterOf(counter), id]);
}

/**
 * What becomes of each entry, one after the other.
 *
 * @param used what each count holds before
 * @param known what was counted before
 * @param members what each member used before, and may
 */
export function settleUses(
  entries: readonly UsageEntry[],
  used: ReadonlyMap<string, number>,
  known: readonly UseKey[],
  members: ReadonlyMap<string, MemberCount>,
): {
  readonly outcomes: readonly UsageOutcome[];
  readonly counted: readonly UsageEntry[];
  readonly told: readonly Callback[];
} {
  const keys = new Set(known.map(keyOf));
  const counts = new Map(used);
  const own = new Map(members);
  const counted: UsageEntry[] = [];
  const outcomes = entries.map((entry): UsageOutcome => {
    const counter = counterOf(entry);
    const before = counts.get(counter) ?? 0;
    const memberCounter = entry.member && memberCounterOf(entry, entry.member);
    const member = memberCounter === undefined ? undefined : own.get(memberCounter);
    const outcome = settleUse(entry, { used: before, ...(member && { member }) }, keys.has(keyOf(entry)));
    if (outcome.outcome !== "counted") return outcome;
    keys.add(keyOf(entry));
    counts.set(counter, outcome.used);
    if (memberCounter !== undefined && outcome.member) own.set(memberCounter, outcome.member);
    counted.push(entry);
    return outcome;
  });
  // By the last entry of each: the alerts of all that were decided together are the same.
  const last = new Map(counted.map((entry) => [counterOf(entry), entry]));
  const told = [...last].flatMap(([counter, { alerts = [] }]) =>
    reachedAlerts(alerts, used.get(counter) ?? 0, counts.get(counter) ?? 0),
  );
  return { outcomes, counted, told };
}

/** What becomes of one: it is counted for the customer and for the member, or for neither. */
export function settleUse(
  { quantity, limit }: UsageEntry,
  before: Pick<UsageOutcome, "used" | "member">,
  isKnown: boolean,
): UsageOutcome {
  if (isKnown) return { outcome: "duplicate", ...before };
  const { member } = before;
  const used = before.used + quantity;
  const isBeyond = limit !== null && used > limit;
  if (member === undefined)
    return isBeyond ? { outcome: "refused", ...before } : { outcome: "counted", used };
  if (isBeyond) return { outcome: "refused", limitOf: "customer", ...before };
  const own = { ...member, used: member.used + quantity };
  if (own.limit !== null && own.used > own.limit) return { outcome: "refused", limitOf: "member", ...before };
  return { outcome: "counted", used, member: own };
}

function keyOf({ customerId, feature, idempotencyKey }: UseKey): string {
  return JSON.stringify([customerId, feature, idempotencyKey]);
}
