import type { UsageEntry, UsageOutcome } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { nextAlert } from "./reached-alerts.js";
import { counterOf, settleUses } from "./settle-uses.js";
import { addToReports, keyParams, reportParams, sumBy } from "./write-uses.js";

/**
 * Counts all or nothing: a count that goes too far divides by nothing, and a key that was counted before violates the keys'
 * primary key. Rows are taken hold of in the same order as by whoever decides one by one.
 */
const statement = (billed: boolean) => `
WITH counters AS (
  SELECT customer_id, feature, period_start::timestamptz AS period_start,
    nullif(period_end, '')::timestamptz AS period_end, added::bigint AS added, nullif(most, '')::bigint AS most
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
    AS asked (customer_id, feature, period_start, period_end, added, most)
),
counted AS (
  INSERT INTO tollgate.usage AS stored (customer_id, feature, period_start, period_end, used)
  SELECT customer_id, feature, period_start, period_end, added FROM counters ORDER BY 1, 2, 3
  ON CONFLICT (customer_id, feature, period_start) DO UPDATE SET
    used = stored.used + excluded.used, period_end = excluded.period_end
  RETURNING customer_id, feature, period_start, used
),
kept AS (
  INSERT INTO tollgate.usage_keys (customer_id, feature, idempotency_key, quantity, recorded_at)
  SELECT customer_id, feature, idempotency_key, quantity::bigint, recorded_at::timestamptz
  FROM unnest($7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
    AS uses (customer_id, feature, idempotency_key, quantity, recorded_at)
  ORDER BY 1, 2, 3
)${billed ? `,${addToReports(12)}` : ""}
SELECT customer_id AS "customerId", feature, ${isoTime("period_start")} AS "startsAt",
  used / (CASE WHEN most IS NULL OR used <= most THEN 1 ELSE 0 END) AS used
FROM counted JOIN counters USING (customer_id, feature, period_start)`;

const [plain, withReports] = [statement(false), statement(true)];

interface Row {
  readonly customerId: string;
  readonly feature: string;
  readonly startsAt: string;
  // A bigint, which drivers return as a string or a number.
  readonly used: string | number;
}

/**
 * Counts a list of which all can be expected to fit, and nothing is told, with one statement.
 *
 * @returns `null`: that is not to be expected
 * @throws when it did not fit after all: then nothing was counted
 */
export async function countAtOnce(
  sql: SqlRunner,
  entries: readonly UsageEntry[],
): Promise<readonly UsageOutcome[] | null> {
  if (entries.some(({ member }) => member !== undefined)) return null;
  const counters = [...sumBy(entries, counterOf).values()];
  const most = new Map<string, number>();
  for (const entry of entries) {
    const alertAt = nextAlert(entry.alerts);
    const own = Math.min(entry.limit ?? Number.POSITIVE_INFINITY, (alertAt ?? Number.POSITIVE_INFINITY) - 1);
    most.set(counterOf(entry), Math.min(own, most.get(counterOf(entry)) ?? own));
  }
  const mostOf = (entry: UsageEntry) => most.get(counterOf(entry)) ?? Number.POSITIVE_INFINITY;
  if (counters.some(({ entry, sum }) => (entry.usedBefore ?? 0) + sum > mostOf(entry))) return null;
  const isBilled = entries.some(({ billedTo }) => billedTo !== undefined);
  const rows = await sql.query<Row>(
    isBilled ? withReports : plain,
    [
      counters.map(({ entry }) => entry.customerId),
      counters.map(({ entry }) => entry.feature),
      counters.map(({ entry }) => entry.period.startsAt),
      counters.map(({ entry }) => entry.period.endsAt ?? ""),
      counters.map(({ sum }) => String(sum)),
      counters.map(({ entry }) => (Number.isFinite(mostOf(entry)) ? String(mostOf(entry)) : "")),
      ...keyParams(entries),
      ...(isBilled ? reportParams(entries) : []),
    ],
    isBilled ? "tollgate_count_billed_uses" : "tollgate_count_uses",
  );
  const sums = new Map(counters.map(({ entry, sum }) => [counterOf(entry), sum]));
  const before = rows.map(({ customerId, feature, startsAt, used }) => {
    const counter = counterOf({ customerId, feature, period: { startsAt } });
    return [counter, Number(used) - (sums.get(counter) ?? 0)] as const;
  });
  // All fit; each is told what there was after it.
  const uncounted = entries.map(({ alerts: _, ...entry }) => entry);
  return settleUses(uncounted, new Map(before), [], new Map()).outcomes;
}

/** The same of those that come at once: where it is not to be expected, each goes alone. */
export async function countTogether(
  sql: SqlRunner,
  entries: readonly UsageEntry[],
): Promise<readonly UsageOutcome[]> {
  const outcomes = await countAtOnce(sql, entries);
  if (outcomes === null) throw new Error("Not all of these are sure to fit.");
  return outcomes;
}
