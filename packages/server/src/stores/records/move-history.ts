import { anonymizeSubscription, packRecord, type Subscription, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { holdTotals } from "./hold-totals.js";
import { addToTotals, asDays, revenueChanges } from "./revenue-changes.js";

/** What the changes of these customers come to, taken away from the totals or added to them. */
const change = (sign: "" | "-") => `
WITH touched AS (
  SELECT DISTINCT customer_id, currency FROM tollgate.history WHERE customer_id = ANY($2::text[]) AND delta <> 0
), ${revenueChanges("$1::bigint", "$1::bigint")},
${addToTotals(asDays("counted_changes", sign))}
SELECT 1 AS changed`;

/** What only the totals tell of one of them is told by them alone of both: an entry may go from one to the other. */
const share = `
WITH shared AS (
  SELECT currency, min(began) AS began, max(until) AS until FROM tollgate.history_pruned
  WHERE customer_id IN ($1, $2) GROUP BY currency
), own AS (
  SELECT customer_id, currency, min(began) AS began FROM (
    SELECT customer_id, currency, began FROM tollgate.history_pruned
    UNION ALL SELECT customer_id, currency, occurred_at FROM tollgate.history WHERE delta <> 0
  ) AS one WHERE customer_id IN ($1, $2) GROUP BY 1, 2
)
INSERT INTO tollgate.history_pruned AS known (customer_id, currency, began, until)
SELECT $2, currency, began, until FROM shared
UNION ALL SELECT $1, currency, own.began, shared.until FROM shared JOIN own USING (currency) WHERE customer_id = $1
ON CONFLICT (customer_id, currency)
  DO UPDATE SET began = least(known.began, excluded.began), until = excluded.until`;

/** Whoever is given a subscription is given its history; whose it was is kept. */
export async function moveHistory(tx: SqlRunner, given: Subscription, to: string): Promise<void> {
  const { id, provider, customerId: from } = given;
  const counted = await holdTotals(tx);
  await tx.query(share, [from, to]);
  await tx.query(change("-"), [counted, [from, to]]);
  await tx.query(
    `UPDATE tollgate.history AS one SET held_by = coalesce(held_by, customer_id), customer_id = $3
     WHERE customer_id = (SELECT customer_id FROM tollgate.subscriptions WHERE provider = $1 AND id = $2)
       AND provider = $1 AND subscription_id = $2 AND customer_id <> $3`,
    [provider, id, to],
  );
  await tx.query(change(""), [counted, [from, to]]);
}

/** The numbers stay. */
export async function anonymizeHistory(
  tx: SqlRunner,
  { customerId, reference }: { readonly customerId: string; readonly reference: string },
): Promise<void> {
  await holdTotals(tx);
  const rows = await tx.query<{ readonly position: string; readonly record: object }>(
    `SELECT position::text AS position, record FROM tollgate.history
     WHERE (customer_id = $1 OR held_by = $1) AND record IS NOT NULL`,
    [customerId],
  );
  for (const { position, record } of rows) {
    const subscription = unpackRecord("subscription", record);
    const kept =
      subscription.customerId === customerId ? anonymizeSubscription(subscription, reference) : subscription;
    await tx.query("UPDATE tollgate.history SET record = $2::jsonb WHERE position = $1::bigint", [
      position,
      JSON.stringify(packRecord("subscription", kept)),
    ]);
  }
  const who = [customerId, reference];
  await tx.query("UPDATE tollgate.history SET customer_id = $2 WHERE customer_id = $1", who);
  await tx.query("UPDATE tollgate.history SET held_by = $2 WHERE held_by = $1", who);
  await tx.query("UPDATE tollgate.history_pruned SET customer_id = $2 WHERE customer_id = $1", who);
}
