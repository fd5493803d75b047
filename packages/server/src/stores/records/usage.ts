import type { UsageEntry, UsageOutcome } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { nextAlert } from "./reached-alerts.js";

/** Only what there is to write: each part costs something even when it writes nothing. */
const addReport = {
  none: "",
  now: `,
billed AS (
  INSERT INTO tollgate.usage_reports AS stored
    (customer_id, provider, provider_customer_id, feature, period_start, period_end, quantity)
  SELECT $1, $9, $10, $2, $4::timestamptz, $5::timestamptz, $6::bigint FROM counted
  ON CONFLICT (provider, provider_customer_id, feature, period_start) WHERE used_at IS NULL DO UPDATE SET
    quantity = stored.quantity + excluded.quantity, period_end = excluded.period_end,
    customer_id = excluded.customer_id
)`,
  // With a time of its own.
  apart: `,
billed_then AS (
  INSERT INTO tollgate.usage_reports AS stored
    (customer_id, provider, provider_customer_id, feature, period_start, period_end, quantity, own_time, used_at, due_at)
  SELECT $1, $9, $10, $2, $4::timestamptz, $5::timestamptz, $6::bigint, true, $11::timestamptz, $8::timestamptz FROM counted
  ON CONFLICT (provider, provider_customer_id, feature, period_start, used_at) WHERE own_time AND first_tried_at IS NULL
  DO UPDATE SET quantity = stored.quantity + excluded.quantity, customer_id = excluded.customer_id
)`,
} as const;

/**
 * Counts and keeps the key, or does neither. Many at once queue up at the count's row, where each sees what the one
 * before it has counted. If two with the same key both count, the second violates the key's primary key, and its count
 * is undone with it. What the statement found beforehand is returned too.
 */
const statement = (billed: keyof typeof addReport) => `
WITH before AS (
  SELECT
    EXISTS (
      SELECT FROM tollgate.usage_keys WHERE customer_id = $1 AND feature = $2 AND idempotency_key = $3
    ) AS known,
    coalesce((
      SELECT used FROM tollgate.usage WHERE customer_id = $1 AND feature = $2 AND period_start = $4
    ), 0) AS used
),
counted AS (
  INSERT INTO tollgate.usage AS stored (customer_id, feature, period_start, period_end, used)
  SELECT $1, $2, $4::timestamptz, $5::timestamptz, $6::bigint FROM before
  WHERE NOT known AND ($7::bigint IS NULL OR $6::bigint <= $7::bigint)
  ON CONFLICT (customer_id, feature, period_start) DO UPDATE SET
    used = stored.used + excluded.used, period_end = excluded.period_end
  WHERE $7::bigint IS NULL OR stored.used + excluded.used <= $7::bigint
  RETURNING used
),
kept AS (
  INSERT INTO tollgate.usage_keys (customer_id, feature, idempotency_key, quantity, recorded_at)
  SELECT $1, $2, $3, $6::bigint, $8::timestamptz FROM counted
)${addReport[billed]}
SELECT before.known, before.used AS "usedBefore", counted.used FROM before LEFT JOIN counted ON true`;

const statements = { none: statement("none"), now: statement("now"), apart: statement("apart") } as const;

interface Row {
  readonly known: boolean;
  // A bigint, which drivers return as a string or a number.
  readonly usedBefore: string | number;
  readonly used: string | number | null;
}

/** What one statement made of a use that names no member; `"alerting"`: it would reach a count of which something is told. */
export async function countUsage(
  sql: SqlRunner,
  entry: UsageEntry,
): Promise<UsageOutcome | { readonly outcome: "alerting" }> {
  const { customerId, feature, idempotencyKey, period, quantity, limit, recordedAt, billedTo, usedAt } =
    entry;
  const { startsAt, endsAt } = period;
  const alertAt = nextAlert(entry.alerts);
  // The statement stays below it: what tells something does so in a transaction, and is rare.
  const most = alertAt === null ? limit : Math.min(limit ?? alertAt, alertAt - 1);
  const use = [customerId, feature, idempotencyKey, startsAt, endsAt, quantity, most, recordedAt];
  const billed = billedTo === undefined ? "none" : usedAt === undefined ? "now" : "apart";
  const biller = billedTo === undefined ? [] : [billedTo.provider, billedTo.providerCustomerId];
  const params = [...use, ...biller, ...(billed === "apart" ? [usedAt] : [])];
  for (;;) {
    const row = await runUnlessTwin(sql, billed, params);
    // A duplicate has just counted the key, so the next attempt finds it.
    if (row === "twin") continue;
    if (row.used !== null) return { outcome: "counted", used: Number(row.used) };
    const used = Number(row.usedBefore);
    if (row.known) return { outcome: "duplicate", used };
    if (limit !== null && used + quantity > limit) return { outcome: "refused", used };
    if (alertAt !== null && used + quantity >= alertAt) return { outcome: "alerting" };
    // It would have fitted before: whatever came first may have been a duplicate that counted this very key.
  }
}

async function runUnlessTwin(
  sql: SqlRunner,
  billed: keyof typeof statements,
  params: readonly unknown[],
): Promise<Row | "twin"> {
  try {
    const [row] = await sql.query<Row>(statements[billed], params, `tollgate_count_usage_${billed}`);
    if (row === undefined) throw new Error("Counting usage gave no row.");
    return row;
  } catch (error) {
    if (isUniqueViolation(error)) return "twin";
    throw error;
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return hasSqlState(error, "23505");
}

export function hasSqlState(error: unknown, state: string): boolean {
  return error instanceof Error && "code" in error && error.code === state;
}

const prune = `
DELETE FROM tollgate.usage_keys WHERE (customer_id, feature, idempotency_key) IN (
  SELECT customer_id, feature, idempotency_key FROM tollgate.usage_keys
  WHERE recorded_at < $1 ORDER BY recorded_at LIMIT $2
) RETURNING 1 AS pruned`;

export async function deleteUsageKeys(
  sql: SqlRunner,
  { before, limit }: { readonly before: string; readonly limit: number },
): Promise<number> {
  return (await sql.query(prune, [before, limit])).length;
}

/** Adds what somebody used to what somebody else did in the same periods. The keys stay: each is the customer's own. */
export async function moveUsage(
  sql: SqlRunner,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql.query(
    `WITH taken AS (DELETE FROM tollgate.usage WHERE customer_id = $1 RETURNING *)
     INSERT INTO tollgate.usage AS stored (customer_id, feature, period_start, period_end, used)
     SELECT $2::text, feature, period_start, period_end, used FROM taken
     ON CONFLICT (customer_id, feature, period_start) DO UPDATE SET used = stored.used + excluded.used`,
    [from, to],
  );
}
