import type { UsageEntry } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { type MemberCount, memberCounterOf } from "./settle-uses.js";

/** An entry that names a member. */
type MemberEntry = UsageEntry & Required<Pick<UsageEntry, "member">>;

/**
 * Takes hold of what members used, after their customers' counts: nobody who holds those waits for each other here. A limit
 * of their own is read with it.
 */
const hold = `
WITH held AS (
  INSERT INTO tollgate.member_usage AS stored (customer_id, member_id, feature, period_start, period_end, used)
  SELECT customer_id, member_id, feature, period_start::timestamptz, nullif(period_end, '')::timestamptz, 0
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    AS asked (customer_id, member_id, feature, period_start, period_end)
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (customer_id, member_id, feature, period_start) DO UPDATE SET used = stored.used
  RETURNING customer_id, member_id, feature, period_start, used
)
SELECT held.customer_id AS "customerId", held.member_id AS "memberId", held.feature,
  ${isoTime("held.period_start")} AS "startsAt", held.used, own.customer_id IS NOT NULL AS "isOwn", own.amount
FROM held LEFT JOIN tollgate.member_limits AS own USING (customer_id, member_id, feature)`;

interface HeldRow {
  readonly customerId: string;
  readonly memberId: string;
  readonly feature: string;
  readonly startsAt: string;
  // Bigints, which drivers return as strings or numbers.
  readonly used: string | number;
  readonly isOwn: boolean;
  readonly amount: string | number | null;
}

/** What each member that the entries name has used and may, while nobody else counts for them. */
export async function holdMembers(
  tx: SqlRunner,
  entries: readonly UsageEntry[],
): Promise<ReadonlyMap<string, MemberCount>> {
  const named = namedIn(entries);
  if (named.length === 0) return new Map();
  const rows = await tx.query<HeldRow>(hold, columnsOf(named));
  const limits = new Map(named.map((entry) => [memberCounterOf(entry, entry.member), entry.member.limit]));
  return new Map(
    rows.map(({ customerId, memberId, feature, startsAt, used, isOwn, amount }) => {
      const counter = memberCounterOf({ customerId, feature, period: { startsAt } }, { id: memberId });
      const own = amount === null ? null : Number(amount);
      return [counter, { used: Number(used), limit: isOwn ? own : (limits.get(counter) ?? null) }];
    }),
  );
}

const write = `
WITH counters AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
    AS held (customer_id, member_id, feature, period_start, period_end, added)
),
added AS (
  UPDATE tollgate.member_usage AS stored SET
    used = stored.used + counters.added::bigint, period_end = nullif(counters.period_end, '')::timestamptz
  FROM counters
  WHERE (stored.customer_id, stored.member_id, stored.feature, stored.period_start)
    = (counters.customer_id, counters.member_id, counters.feature, counters.period_start::timestamptz)
    AND counters.added <> '0'
)
DELETE FROM tollgate.member_usage AS stored USING counters
WHERE (stored.customer_id, stored.member_id, stored.feature, stored.period_start)
  = (counters.customer_id, counters.member_id, counters.feature, counters.period_start::timestamptz)
  AND counters.added = '0' AND stored.used = 0`;

/**
 * Writes what members used.
 *
 * @param entries those for which `holdMembers` took hold
 */
export async function writeMemberUses(
  tx: SqlRunner,
  entries: readonly UsageEntry[],
  counted: readonly UsageEntry[],
): Promise<void> {
  const named = namedIn(entries);
  if (named.length === 0) return;
  const sums = new Map<string, number>();
  for (const entry of counted) {
    if (entry.member === undefined) continue;
    const counter = memberCounterOf(entry, entry.member);
    sums.set(counter, (sums.get(counter) ?? 0) + entry.quantity);
  }
  const added = named.map((entry) => String(sums.get(memberCounterOf(entry, entry.member)) ?? 0));
  await tx.query(write, [...columnsOf(named), added]);
}

/** An entry of each member's count. */
function namedIn(entries: readonly UsageEntry[]): readonly MemberEntry[] {
  const named = entries.flatMap((entry) => {
    const { member } = entry;
    return member === undefined ? [] : [{ ...entry, member }];
  });
  return [...new Map(named.map((entry) => [memberCounterOf(entry, entry.member), entry])).values()];
}

function columnsOf(named: readonly MemberEntry[]): readonly (readonly string[])[] {
  return [
    named.map(({ customerId }) => customerId),
    named.map(({ member }) => member.id),
    named.map(({ feature }) => feature),
    named.map(({ period }) => period.startsAt),
    named.map(({ period }) => period.endsAt ?? ""),
  ];
}
