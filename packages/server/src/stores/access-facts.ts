import type { AccessFacts, Subscription, UsageFact } from "@tollgate/core";
import type { SqlRunner } from "./sql-driver.js";

/**
 * Rows rather than one JSON object: the database builds nothing, and each record is parsed once. The link
 * is a row with nothing in it. A count belongs to a period that is running, or that a subscription says is:
 * its end may have been put off since it was counted.
 */
const statement = `
SELECT NULL::jsonb AS record, NULL::text AS feature, NULL::bigint AS used,
  NULL::timestamptz AS "startsAt", NULL::timestamptz AS "endsAt"
FROM tollgate.customers WHERE customer_id = $1 AND provider = $2 AND current
UNION ALL
SELECT record, NULL, NULL, NULL, NULL FROM tollgate.subscriptions WHERE customer_id = $1
UNION ALL
SELECT NULL, feature, used, period_start, period_end FROM tollgate.usage
WHERE customer_id = $1 AND (
  period_end IS NULL OR period_end > $3::timestamptz OR period_start IN (
    SELECT (record -> 'currentPeriod' ->> 'start')::timestamptz FROM tollgate.subscriptions WHERE customer_id = $1
  )
)`;

interface Row {
  readonly record: Subscription | null;
  readonly feature: string | null;
  // A bigint, which drivers give as a string or a number.
  readonly used: string | number;
  readonly startsAt: Date | string;
  readonly endsAt: Date | string | null;
}

export async function readAccessFacts(
  sql: SqlRunner,
  customerId: string,
  provider: string,
  at: Date,
): Promise<AccessFacts> {
  const params = [customerId, provider, at.toISOString()];
  const rows = await sql.query<Row>(statement, params, "tollgate_access_facts");
  const subscriptions: Subscription[] = [];
  const usage: UsageFact[] = [];
  let hasBillingAccount = false;
  for (const row of rows) {
    if (row.record !== null) subscriptions.push(row.record);
    else if (row.feature !== null) usage.push(toUsage(row, row.feature));
    else hasBillingAccount = true;
  }
  // A sort in the statement would cost every read; most customers have one.
  if (subscriptions.length > 1) subscriptions.sort(byAge);
  return { hasBillingAccount, subscriptions, usage };
}

function toUsage({ used, startsAt, endsAt }: Row, feature: string): UsageFact {
  return { feature, used: Number(used), startsAt: toIso(startsAt), endsAt: endsAt && toIso(endsAt) };
}

function toIso(time: Date | string): string {
  return new Date(time).toISOString();
}

function byAge(a: Subscription, b: Subscription): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
