import type { AccessFacts, Subscription } from "@tollgate/core";
import type { SqlRunner } from "./sql-driver.js";

/**
 * Rows rather than one JSON object: the database builds nothing, and each record is parsed once. The link
 * is a row without a record.
 */
const statement = `
SELECT NULL::jsonb AS record FROM tollgate.customers WHERE customer_id = $1 AND provider = $2 AND current
UNION ALL
SELECT record FROM tollgate.subscriptions WHERE customer_id = $1`;

interface Row {
  readonly record: Subscription | null;
}

export async function readAccessFacts(
  sql: SqlRunner,
  customerId: string,
  provider: string,
): Promise<AccessFacts> {
  const rows = await sql.query<Row>(statement, [customerId, provider], "tollgate_access_facts");
  const subscriptions: Subscription[] = [];
  let hasBillingAccount = false;
  for (const { record } of rows) {
    if (record === null) hasBillingAccount = true;
    else subscriptions.push(record);
  }
  // A sort in the statement would cost every read; most customers have one.
  if (subscriptions.length > 1) subscriptions.sort(byAge);
  return { hasBillingAccount, subscriptions, usage: [] };
}

function byAge(a: Subscription, b: Subscription): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
