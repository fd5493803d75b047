import { BillingError, type HistoryReads, type StoredHistoryEntry, unpackRecord } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlDriver } from "../driver/sql-driver.js";
import { countHistory } from "./count-history.js";
import { readHistorySums } from "./history-sums.js";
import { pruneHistory } from "./prune-history.js";

type Row = Omit<StoredHistoryEntry, "subscription"> & { readonly record: object | null };

const columns = `
  position::text AS position, kind, coalesce(held_by, customer_id) AS "customerId", provider, subject_id AS "subjectId",
  subscription_id AS "subscriptionId", ${isoTime("occurred_at")} AS "occurredAt", ${isoTime("applied_at")} AS "appliedAt",
  cause, currency, status, changed, mrr::float8 AS mrr, delta::float8 AS delta, amount::float8 AS amount, ending, trial,
  fact_id AS "factId", product, record`;

/** What somebody was given has its earlier holder's entries too. */
const list = `
SELECT ${columns} FROM tollgate.history
WHERE (customer_id = $1 OR held_by = $1) AND position < $2::bigint ORDER BY tollgate.history.position DESC LIMIT $3`;

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

export function createHistory(sql: SqlDriver): HistoryReads {
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
    countHistory: () => countHistory(sql),
    pruneHistory: (bounds) => pruneHistory(sql, bounds),
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
