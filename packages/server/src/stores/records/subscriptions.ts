import {
  isLive,
  packRecord,
  type StoredSubscription,
  type Subscription,
  type SubscriptionSave,
  unpackRecord,
  writtenEarlier,
} from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { insertHistory, toHistoryRows } from "./insert-history.js";

interface Row {
  readonly record: object;
}

/** A stored record, with the record as it was written where that was an earlier release. */
export function toStored(record: object): Pick<StoredSubscription, "subscription" | "written"> {
  const written = writtenEarlier("subscription", record);
  return { subscription: unpackRecord("subscription", record), ...(written && { written }) };
}

export async function listSubscriptionsOf(
  sql: SqlRunner,
  customerId: string,
): Promise<readonly Subscription[]> {
  const rows = await sql.query<Row>(
    "SELECT record FROM tollgate.subscriptions WHERE customer_id = $1 ORDER BY started_at, id",
    [customerId],
    "tollgate_list_subscriptions",
  );
  return rows.map(({ record }) => unpackRecord("subscription", record));
}

export async function findSubscription(
  sql: SqlRunner,
  id: string,
  provider: string,
): Promise<Subscription | null> {
  return (await findStoredSubscription(sql, id, provider))?.subscription ?? null;
}

export async function findStoredSubscription(
  sql: SqlRunner,
  id: string,
  provider: string,
): Promise<StoredSubscription | null> {
  const [row] = await sql.query<Row & { readonly revision: string }>(
    "SELECT record, revision::text AS revision FROM tollgate.subscriptions WHERE provider = $1 AND id = $2",
    [provider, id],
    "tollgate_find_subscription",
  );
  return row === undefined ? null : { ...toStored(row.record), revision: row.revision };
}

/** The columns of a row, in the order of the parameters that `toParams` gives. */
export const subscriptionColumns =
  "provider, id, customer_id, started_at, as_of, group_name, live, record" as const;

/** What a save writes when the row already exists. */
export const subscriptionUpdate = `
  customer_id = excluded.customer_id, started_at = excluded.started_at, as_of = excluded.as_of,
  group_name = excluded.group_name, live = excluded.live, record = excluded.record,
  revision = stored.revision + 1`;

export function toParams(subscription: Subscription): readonly unknown[] {
  const { provider, id, customerId, startedAt, asOf, group } = subscription;
  return [
    provider,
    id,
    customerId,
    startedAt,
    asOf,
    group,
    isLive(subscription),
    JSON.stringify(packRecord("subscription", subscription)),
  ];
}

const replace = `
WITH saved AS (
  INSERT INTO tollgate.subscriptions AS stored (${subscriptionColumns})
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
  ON CONFLICT (provider, id) DO UPDATE SET ${subscriptionUpdate}
  WHERE stored.revision = $9::bigint
  RETURNING record
), ${insertHistory("saved", "$10::jsonb", "saved.record")}
SELECT 1 AS saved FROM saved`;

/** Nobody deletes a subscription, so one that was read still exists. */
export async function replaceSubscription(sql: SqlRunner, save: SubscriptionSave): Promise<boolean> {
  const history = JSON.stringify(toHistoryRows([save.history]));
  const params = [...toParams(save.subscription), save.expectedRevision, history];
  return (await sql.query(replace, params)).length === 1;
}
