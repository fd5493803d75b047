import {
  type CreditsAccount,
  type CreditsBooks,
  type CreditsEntry,
  type CreditsHold,
  type CreditsQuery,
  type CreditsSave,
  emptyCredits,
  packRecord,
  type StoredCredits,
  unpackRecord,
} from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { insertCallbacks, toRows } from "../outbox/insert-callbacks.js";

/** All that a decision needs, as it is at one moment. */
const read = `
SELECT
  (SELECT json_build_object('revision', revision::text, 'record', record) FROM tollgate.credits_accounts
   WHERE customer_id = $1 AND credit = $2) AS account,
  (SELECT json_agg(record) FROM (
    (SELECT record FROM tollgate.credits_holds WHERE customer_id = $1 AND credit = $2 AND id = ANY($4::text[]))
    UNION ALL
    (SELECT record FROM tollgate.credits_holds
     WHERE customer_id = $1 AND credit = $2 AND settled_at IS NULL AND expires_at <= $3::timestamptz
     ORDER BY expires_at LIMIT 1000)
  ) AS found) AS holds,
  (SELECT json_agg(record) FROM tollgate.credits_entries
   WHERE customer_id = $1 AND credit = $2 AND key IS NOT NULL AND key = ANY($5::text[])) AS entries,
  (SELECT json_object_agg(grant_id, -total) FROM (
    SELECT grant_id, sum(amount) AS total FROM tollgate.credits_entries
    WHERE customer_id = $1 AND credit = $2 AND kind IN ('taken_back', 'given_back') AND grant_id = ANY($6::text[])
    GROUP BY grant_id
  ) AS sums) AS reclaimed`;

interface Row {
  readonly account: { readonly revision: string; readonly record: object } | null;
  readonly holds: readonly object[] | null;
  readonly entries: readonly object[] | null;
  readonly reclaimed: Readonly<Record<string, number>> | null;
}

export async function readCredits(sql: SqlRunner, query: CreditsQuery): Promise<StoredCredits> {
  const { customerId, credit, now, holdIds, keys, grantIds } = query;
  const params = [customerId, credit, now, [...holdIds], [...keys], [...grantIds]];
  const [row] = await sql.query<Row>(read, params, "tollgate_read_credits");
  const { account, holds, entries, reclaimed } = row ?? {};
  return {
    revision: account?.revision ?? null,
    account: account ? unpackRecord("creditsAccount", account.record) : emptyCredits,
    holds: (holds ?? []).map((one): CreditsHold => unpackRecord("creditsHold", one)),
    entries: (entries ?? []).map((one): CreditsEntry => unpackRecord("creditsEntry", one)),
    reclaimed: reclaimed ?? {},
  };
}

const insertAccount = `
  INSERT INTO tollgate.credits_accounts (customer_id, credit, record, due_at)
  SELECT $1, $2, $3::jsonb, $4::timestamptz WHERE $5::bigint IS NULL
  ON CONFLICT DO NOTHING RETURNING 1 AS saved`;

const updateAccount = `
  UPDATE tollgate.credits_accounts SET
    record = $3::jsonb, due_at = $4::timestamptz, revision = nextval('tollgate.credits_revisions')
  WHERE customer_id = $1 AND credit = $2 AND revision = $5::bigint RETURNING 1 AS saved`;

const keepHolds = `, held AS (
  INSERT INTO tollgate.credits_holds AS stored (customer_id, credit, id, record, expires_at, settled_at)
  SELECT $1, $2, one ->> 'id', one, (one ->> 'expiresAt')::timestamptz, (one ->> 'settledAt')::timestamptz
  FROM saved, jsonb_array_elements($6::jsonb) AS one
  ON CONFLICT (customer_id, credit, id) DO UPDATE SET record = excluded.record, settled_at = excluded.settled_at
)`;

const addEntries = `, written AS (
  INSERT INTO tollgate.credits_entries (customer_id, credit, kind, key, grant_id, amount, at, record)
  SELECT $1, $2, one ->> 'kind', one ->> 'key', one ->> 'grantId', (one ->> 'amount')::bigint,
    (one ->> 'at')::timestamptz, one
  FROM saved, jsonb_array_elements($7::jsonb) WITH ORDINALITY AS every(one, ordinal) ORDER BY ordinal
)`;

/** Only what there is to write: each part costs something even when it writes nothing. */
export async function saveCredits(sql: SqlRunner, save: CreditsSave): Promise<"saved" | "overtaken"> {
  const { customerId, credit, account, dueAt, expectedRevision, callbacks } = save;
  const holds = save.holds.map((one) => packRecord("creditsHold", one));
  const entries = save.entries.map((one) => packRecord("creditsEntry", one));
  const [writes, tells] = [entries.length > 0, callbacks.length > 0];
  const statement = [
    `WITH saved AS (${expectedRevision === null ? insertAccount : updateAccount})`,
    // The numbers of the parameters stay the same: what is not used must still be of a known type.
    holds.length > 0 ? keepHolds : ", held AS (SELECT $6::jsonb)",
    writes ? addEntries : ", written AS (SELECT $7::jsonb)",
    tells ? `, ${insertCallbacks("saved", "$8::jsonb")}` : ", told AS (SELECT $8::jsonb)",
    "SELECT saved FROM saved",
  ].join("");
  const parts = [expectedRevision === null, holds.length > 0, writes, tells].map(Number).join("");
  const rows = await sql.query(
    statement,
    [
      ...[customerId, credit, JSON.stringify(packRecord("creditsAccount", account)), dueAt, expectedRevision],
      ...[JSON.stringify(holds), JSON.stringify(entries), JSON.stringify(toRows(callbacks))],
    ],
    `tollgate_save_credits_${parts}`,
  );
  return rows.length === 1 ? "saved" : "overtaken";
}

export async function listCreditsAccounts(
  sql: SqlRunner,
  customerId: string,
): Promise<Readonly<Record<string, CreditsAccount>>> {
  const rows = await sql.query<{ readonly credit: string; readonly record: object }>(
    `SELECT credit, record FROM tollgate.credits_accounts WHERE customer_id = $1 ORDER BY credit COLLATE "C"`,
    [customerId],
  );
  return Object.fromEntries(
    rows.map(({ credit, record }) => [credit, unpackRecord("creditsAccount", record)]),
  );
}

const due = `
(SELECT customer_id AS "customerId", credit FROM tollgate.credits_accounts WHERE due_at <= $1::timestamptz LIMIT $2)
UNION
(SELECT DISTINCT customer_id, credit FROM tollgate.credits_holds
 WHERE settled_at IS NULL AND expires_at <= $1::timestamptz LIMIT $2)
LIMIT $2`;

const prune = `
DELETE FROM tollgate.credits_holds WHERE (customer_id, credit, id) IN (
  SELECT customer_id, credit, id FROM tollgate.credits_holds WHERE settled_at < $1 ORDER BY settled_at LIMIT $2
) RETURNING 1 AS pruned`;

export function createCreditsRounds(
  sql: SqlRunner,
): Pick<CreditsBooks, "listDueCredits" | "pruneCreditsHolds"> {
  return {
    listDueCredits: ({ now, limit }) => sql.query(due, [now, limit]),
    pruneCreditsHolds: async ({ settledBefore, limit }) =>
      (await sql.query(prune, [settledBefore, limit])).length,
  };
}
