import { packRecord, recordChange, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../../driver/sql-driver.js";
import type { Migration } from "./migration.js";

/**
 * Sums go through the changes of revenue alone, customer by customer, in an index that has all that they need. The
 * other indexes are few, because each webhook pays for them.
 */
const table = `
CREATE TABLE tollgate.history (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  customer_id text NOT NULL,
  held_by text,
  provider text NOT NULL,
  subject_id text NOT NULL,
  subscription_id text,
  occurred_at timestamptz NOT NULL,
  applied_at timestamptz NOT NULL,
  cause jsonb NOT NULL,
  currency text NOT NULL,
  status text NOT NULL,
  changed jsonb NOT NULL DEFAULT '[]',
  mrr bigint NOT NULL,
  delta bigint NOT NULL,
  amount bigint,
  ending text,
  trial text,
  fact_id text,
  product jsonb,
  record jsonb
);
CREATE INDEX history_of_customer ON tollgate.history (customer_id, position);
CREATE INDEX history_given ON tollgate.history (held_by, position) WHERE held_by IS NOT NULL;
CREATE UNIQUE INDEX history_facts ON tollgate.history (provider, fact_id) WHERE fact_id IS NOT NULL;
CREATE INDEX history_revenue ON tollgate.history (customer_id, currency, occurred_at, position)
  INCLUDE (delta, ending) WHERE delta <> 0;
CREATE INDEX history_counted ON tollgate.history (occurred_at)
  INCLUDE (currency, kind, status, trial, amount) WHERE trial IS NOT NULL OR kind <> 'subscription';
`;

interface Row {
  readonly provider: string;
  readonly id: string;
  readonly record: object;
  readonly now: string;
}

const page = `
SELECT provider, id, record, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now
FROM tollgate.subscriptions WHERE (provider, id) > ($1, $2) ORDER BY provider, id LIMIT 1000`;

const begin = `
INSERT INTO tollgate.history (kind, customer_id, provider, subject_id, subscription_id, occurred_at, applied_at, cause,
  currency, status, mrr, delta, ending, trial, record)
SELECT 'subscription', "customerId", provider, "subjectId", "subjectId", "occurredAt", "appliedAt",
  '{"kind":"beginning"}'::jsonb, currency, status, mrr, delta, ending, trial, record
FROM jsonb_to_recordset($1::jsonb) AS one("customerId" text, provider text, "subjectId" text,
  "occurredAt" timestamptz, "appliedAt" timestamptz, currency text, status text, mrr bigint, delta bigint, ending text,
  trial text, record jsonb)`;

/** What is stored already is the history's beginning: counted from when it started, as it is now. */
async function beginWithStored(tx: SqlRunner): Promise<void> {
  let [provider, id] = ["", ""];
  for (;;) {
    const rows = await tx.query<Row>(page, [provider, id]);
    const last = rows.at(-1);
    if (last === undefined) return;
    const entries = rows.map(({ record, now }) => {
      const after = unpackRecord("subscription", record);
      const entry = recordChange({ before: null, after, cause: { kind: "beginning" }, at: now });
      return { ...entry, subscription: undefined, record: packRecord("subscription", after) };
    });
    await tx.query(begin, [JSON.stringify(entries)]);
    [provider, id] = [last.provider, last.id];
  }
}

/** Every change of a subscription, and the money that moved. */
export const history: Migration = {
  id: "0022-history",
  async apply(tx) {
    await tx.script(table);
    await beginWithStored(tx);
  },
};
