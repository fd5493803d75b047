import type { UsageEntry, UsageOutcome } from "@tollgate/core";

/** A use that was counted before. */
export type UseKey = Pick<UsageEntry, "customerId" | "feature" | "idempotencyKey">;

/** Which count an entry belongs to. */
export function counterOf({
  customerId,
  feature,
  period,
}: Pick<UsageEntry, "customerId" | "feature"> & {
  readonly period: Pick<UsageEntry["period"], "startsAt">;
}): string {
  return JSON.stringify([customerId, feature, Date.parse(period.startsAt)]);
}

/**
 * What becomes of each entry, one after the other.
 *
 * @param used what each count holds before
 * @param known what was counted before
 */
export function settleUses(
  entries: readonly UsageEntry[],
  used: ReadonlyMap<string, number>,
  known: readonly UseKey[],
): { readonly outcomes: readonly UsageOutcome[]; readonly counted: readonly UsageEntry[] } {
  const keys = new Set(known.map(keyOf));
  const counts = new Map(used);
  const counted: UsageEntry[] = [];
  const outcomes = entries.map((entry): UsageOutcome => {
    const counter = counterOf(entry);
    const before = counts.get(counter) ?? 0;
    const key = keyOf(entry);
    if (keys.has(key)) return { outcome: "duplicate", used: before };
    const after = before + entry.quantity;
    if (entry.limit !== null && after > entry.limit) return { outcome: "refused", used: before };
    keys.add(key);
    counts.set(counter, after);
    counted.push(entry);
    return { outcome: "counted", used: after };
  });
  return { outcomes, counted };
}

function keyOf({ customerId, feature, idempotencyKey }: UseKey): string {
  return JSON.stringify([customerId, feature, idempotencyKey]);
}
