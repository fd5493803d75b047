import {
  anonymizeSubscription,
  BillingError,
  type HistoryReads,
  packRecord,
  type StoredHistoryEntry,
  type Subscription,
  unpackRecord,
} from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { readHistorySums } from "./history-sums.js";

type Row = Omit<StoredHistoryEntry, "subscription"> & { readonly record: object | null };

const columns = `
  position::text AS position, kind, coalesce(held_by, customer_id) AS "customerId", provider, subject_id AS "subjectId",
  subscription_id AS "subscriptionId", ${isoTime("occurred_at")} AS "occurredAt", ${isoTime("applied_at")} AS "appliedAt",
  cause, currency, status, changed, mrr::float8 AS mrr, delta::float8 AS delta, amount::float8 AS amount, ending, trial,
  fact_id AS "factId", product, record`;

/** What somebody was given has its earlier holder's entries too. */
const list = `
SELECT ${columns} FROM tollgate.history
WHERE (customer_id = $1 OR held_by = $1) AND position < $2::bigint ORDER BY position DESC LIMIT $3`;

/** Whoever has what was theirs is looked at, too: it may have been given away by then. */
const at = `
SELECT * FROM (
  SELECT DISTINCT ON (provider, subject_id) ${columns} FROM tollgate.history
  WHERE kind = 'subscription' AND applied_at <= $2
    AND customer_id IN (SELECT $1 UNION SELECT customer_id FROM tollgate.history WHERE held_by = $1)
  ORDER BY provider, subject_id, tollgate.history.position DESC
) AS latest WHERE "customerId" = $1`;

const knownSince = `
SELECT ${isoTime("max(applied_at)")} AS since FROM tollgate.history
WHERE (customer_id = $1 OR held_by = $1) AND cause ->> 'kind' = 'beginning'`;

const prune = `
WITH old AS (
  SELECT one.position FROM tollgate.history AS one
  WHERE one.applied_at < $1 AND (one.kind <> 'subscription' OR EXISTS (
    SELECT FROM tollgate.history AS later WHERE later.customer_id = one.customer_id
      AND later.provider = one.provider AND later.subject_id = one.subject_id
      AND later.applied_at < $1 AND later.position > one.position
  ))
  ORDER BY one.position LIMIT $2
), gone AS (
  DELETE FROM tollgate.history USING old WHERE history.position = old.position
  RETURNING history.customer_id, history.provider, history.subject_id, history.position AS place
), next AS (
  SELECT DISTINCT ON (kept.provider, kept.subject_id) kept.position
  FROM gone JOIN tollgate.history AS kept ON kept.customer_id = gone.customer_id AND kept.provider = gone.provider
    AND kept.subject_id = gone.subject_id AND kept.position > gone.place
  WHERE kept.kind = 'subscription' AND kept.position NOT IN (SELECT position FROM old)
  ORDER BY kept.provider, kept.subject_id, kept.position
), begun AS (
  UPDATE tollgate.history SET delta = mrr, cause = '{"kind":"beginning"}', trial = NULL, ending = NULL FROM next
  WHERE history.position = next.position
)
SELECT count(*)::int AS pruned FROM gone`;

export function createHistory(sql: SqlRunner): HistoryReads {
  return {
    async listHistory({ customerId, after, limit }) {
      const rows = await sql.query<Row>(list, [customerId, toPlace(after), limit + 1]);
      const entries = rows.slice(0, limit).map(toEntry);
      return { entries, next: rows.length > limit ? (entries.at(-1)?.position ?? null) : null };
    },
    async readHistoryAt({ customerId, at: moment }) {
      const rows = await sql.query<Row>(at, [customerId, moment]);
      const [known] = await sql.query<{ readonly since: string | null }>(knownSince, [customerId]);
      return { entries: rows.map(toEntry), knownSince: toTime(known?.since ?? null) };
    },
    readHistorySums: (wish) => readHistorySums(sql, wish),
    async pruneHistory({ before, limit }) {
      const [row] = await sql.query<{ readonly pruned: number }>(prune, [before, limit]);
      return row?.pruned ?? 0;
    },
  };
}

/** @throws BillingError `invalid_query` */
export function toPlace(after: string | null): string {
  if (after === null) return "9223372036854775807";
  if (/^\d{1,18}$/.test(after)) return after;
  throw new BillingError("invalid_query", "`after` is not the `next` of a page of the history.");
}

function toEntry({ record, ...row }: Row): StoredHistoryEntry {
  const subscription = record === null ? null : unpackRecord("subscription", record);
  const [occurredAt, appliedAt] = [toTime(row.occurredAt) ?? "", toTime(row.appliedAt) ?? ""];
  return { ...row, occurredAt, appliedAt, subscription };
}

function toTime(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** Whoever is given a subscription is given its history; whose it was is kept. */
export async function moveHistory(tx: SqlRunner, { id, provider }: Subscription, to: string): Promise<void> {
  await tx.query(
    `UPDATE tollgate.history AS one SET held_by = coalesce(held_by, customer_id), customer_id = $3
     WHERE customer_id = (SELECT customer_id FROM tollgate.subscriptions WHERE provider = $1 AND id = $2)
       AND provider = $1 AND subscription_id = $2 AND customer_id <> $3`,
    [provider, id, to],
  );
}

/** The numbers stay. */
export async function anonymizeHistory(
  tx: SqlRunner,
  { customerId, reference }: { readonly customerId: string; readonly reference: string },
): Promise<void> {
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
}
