import type { UsageEntry } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { counterOf } from "./settle-uses.js";

/**
 * Adds to what has to be told to whoever bills it, as part of a statement.
 *
 * @param first the number of the first of the parameters that `reportParams` gives
 */
export const addToReports = (first: number) => `
told AS (
  SELECT * FROM unnest(
    ${Array.from({ length: 9 }, (_, n) => `$${first + n}::text[]`).join(", ")}
  ) AS told (
    customer_id, provider, provider_customer_id, feature, period_start, period_end, quantity, used_at, recorded_at
  )
),
billed AS (
  INSERT INTO tollgate.usage_reports AS stored
    (customer_id, provider, provider_customer_id, feature, period_start, period_end, quantity)
  SELECT customer_id, provider, provider_customer_id, feature, period_start::timestamptz,
    nullif(period_end, '')::timestamptz, quantity::bigint
  FROM told WHERE used_at = ''
  ORDER BY 2, 3, 4, 5
  ON CONFLICT (provider, provider_customer_id, feature, period_start) WHERE used_at IS NULL DO UPDATE SET
    quantity = stored.quantity + excluded.quantity, period_end = excluded.period_end,
    customer_id = excluded.customer_id
),
billed_then AS (
  INSERT INTO tollgate.usage_reports AS stored
    (customer_id, provider, provider_customer_id, feature, period_start, period_end, quantity, own_time, used_at, due_at)
  SELECT customer_id, provider, provider_customer_id, feature, period_start::timestamptz,
    nullif(period_end, '')::timestamptz, quantity::bigint, true, used_at::timestamptz, recorded_at::timestamptz
  FROM told WHERE used_at <> ''
  ORDER BY 2, 3, 4, 5, 9
  ON CONFLICT (provider, provider_customer_id, feature, period_start, used_at) WHERE own_time AND first_tried_at IS NULL
  DO UPDATE SET quantity = stored.quantity + excluded.quantity, customer_id = excluded.customer_id
)`;

/** Rows are written in the same order by everybody, so that nobody waits for each other. */
const write = `
WITH counters AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    AS held (customer_id, feature, period_start, period_end, added)
),
added AS (
  UPDATE tollgate.usage AS stored SET
    used = stored.used + counters.added::bigint, period_end = nullif(counters.period_end, '')::timestamptz
  FROM counters
  WHERE (stored.customer_id, stored.feature, stored.period_start)
    = (counters.customer_id, counters.feature, counters.period_start::timestamptz) AND counters.added <> '0'
),
emptied AS (
  DELETE FROM tollgate.usage AS stored USING counters
  WHERE (stored.customer_id, stored.feature, stored.period_start)
    = (counters.customer_id, counters.feature, counters.period_start::timestamptz)
    AND counters.added = '0' AND stored.used = 0
),
kept AS (
  INSERT INTO tollgate.usage_keys (customer_id, feature, idempotency_key, quantity, recorded_at)
  SELECT customer_id, feature, idempotency_key, quantity::bigint, recorded_at::timestamptz
  FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
    AS counted (customer_id, feature, idempotency_key, quantity, recorded_at)
  ORDER BY 1, 2, 3
),
${addToReports(11)}
SELECT 1 AS written`;

/**
 * Writes what was counted: the counts, the keys, and what has to be told to whoever bills it.
 *
 * @param counters an entry of each count that is held, with its latest end
 */
export async function writeUses(
  tx: SqlRunner,
  counters: readonly UsageEntry[],
  counted: readonly UsageEntry[],
): Promise<void> {
  const sums = sumBy(counted, counterOf);
  await tx.query(write, [
    counters.map(({ customerId }) => customerId),
    counters.map(({ feature }) => feature),
    counters.map(({ period }) => period.startsAt),
    counters.map(({ period }) => period.endsAt ?? ""),
    counters.map((entry) => String(sums.get(counterOf(entry))?.sum ?? 0)),
    ...keyParams(counted),
    ...reportParams(counted),
  ]);
}

/** The five parameters of the keys that are kept. */
export function keyParams(counted: readonly UsageEntry[]): readonly (readonly string[])[] {
  return [
    counted.map(({ customerId }) => customerId),
    counted.map(({ feature }) => feature),
    counted.map(({ idempotencyKey }) => idempotencyKey),
    counted.map(({ quantity }) => String(quantity)),
    counted.map(({ recordedAt }) => recordedAt),
  ];
}

/** The nine parameters of `addToReports`. */
export function reportParams(counted: readonly UsageEntry[]): readonly (readonly string[])[] {
  const reports = [...sumBy(counted, reportOf).values()].flatMap(({ entry, sum }) =>
    entry.billedTo === undefined ? [] : [{ ...entry, ...entry.billedTo, sum: String(sum) }],
  );
  return [
    reports.map(({ customerId }) => customerId),
    reports.map(({ provider }) => provider),
    reports.map(({ providerCustomerId }) => providerCustomerId),
    reports.map(({ feature }) => feature),
    reports.map(({ period }) => period.startsAt),
    reports.map(({ period }) => period.endsAt ?? ""),
    reports.map(({ sum }) => sum),
    reports.map(({ usedAt }) => usedAt ?? ""),
    reports.map(({ recordedAt }) => recordedAt),
  ];
}

/** How much of each, with the last entry of it. */
export function sumBy(
  entries: readonly UsageEntry[],
  by: (entry: UsageEntry) => string,
): ReadonlyMap<string, { readonly entry: UsageEntry; readonly sum: number }> {
  const sums = new Map<string, { entry: UsageEntry; sum: number }>();
  for (const entry of entries) {
    const key = by(entry);
    sums.set(key, { entry, sum: (sums.get(key)?.sum ?? 0) + entry.quantity });
  }
  return sums;
}

function reportOf({ billedTo, feature, period, usedAt }: UsageEntry): string {
  return JSON.stringify([billedTo ?? null, feature, Date.parse(period.startsAt), usedAt ?? null]);
}
