import { packRecord, revenueParts } from "@tollgate/core";
import { buildSubscription } from "@tollgate/core/testing";
import { runOn } from "../postgres/databases.js";

/** For each subscription. */
export const entriesEach = 10;
/** When the first one began, and how many days later the last one does. */
const began = "2023-01-01T00:00:00Z";
const daysOfBeginnings = 1000;
const price = 2900 * revenueParts;
const more = 1000 * revenueParts;

/**
 * A history of years: each subscription begins once and is paid month by month; every second one grows, every fourth
 * one ends.
 */
export async function fillHistory(databaseUrl: string, population: number): Promise<void> {
  const record = JSON.stringify(
    packRecord("subscription", buildSubscription({ id: "sub_NUMBER", customerId: "org_NUMBER" })),
  ).replaceAll("'", "''");
  await runOn(
    databaseUrl,
    "SET synchronous_commit = off",
    `INSERT INTO tollgate.history (kind, customer_id, provider, subject_id, subscription_id, occurred_at, applied_at,
       cause, currency, status, mrr, delta, amount, fact_id, record)
     SELECT kind, 'org_' || n, 'stripe', 'sub_' || n, 'sub_' || n, at, at, '{"kind":"read"}', 'usd',
       CASE kind WHEN 'payment' THEN 'succeeded' ELSE CASE k WHEN 9 THEN 'ended' ELSE 'active' END END,
       CASE WHEN kind = 'payment' OR k = 9 THEN 0 WHEN k = 5 THEN ${price + more} ELSE ${price} END,
       CASE WHEN kind = 'payment' THEN 0 WHEN k = 9 THEN -${price + more} WHEN k = 5 THEN ${more} ELSE ${price} END,
       CASE kind WHEN 'payment' THEN 2900 END, CASE kind WHEN 'payment' THEN 'in_' || n || '_' || k END,
       CASE kind WHEN 'subscription' THEN replace('${record}', 'NUMBER', n::text)::jsonb END
     FROM (
       SELECT n, k, timestamptz '${began}' + n * (interval '${daysOfBeginnings} days' / ${population}) + k * interval '30 days' AS at,
         CASE WHEN k = 0 OR k = 5 AND n % 2 = 0 OR k = 9 AND n % 4 = 0 THEN 'subscription' ELSE 'payment' END AS kind
       FROM generate_series(0, ${population - 1}) AS n, generate_series(0, ${entriesEach - 1}) AS k
     ) AS one ORDER BY at`,
    "VACUUM ANALYZE tollgate.history",
    "CHECKPOINT",
  );
}
