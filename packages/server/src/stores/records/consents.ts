import {
  anonymizeConsent,
  type Consent,
  earlierConsent,
  packRecord,
  type StoreReads,
  unpackRecord,
} from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

interface Row {
  readonly record: object;
}

export async function findConsent(
  sql: SqlRunner,
  { provider, bought }: Parameters<StoreReads["findConsent"]>[0],
): Promise<Consent | null> {
  const [column, id] =
    "checkoutId" in bought ? ["checkout_id", bought.checkoutId] : ["subscription_id", bought.subscriptionId];
  const [row] = await sql.query<Row>(
    `SELECT record FROM tollgate.consents WHERE provider = $1 AND ${column} = $2
     ORDER BY agreed_at DESC, checkout_id COLLATE "C" DESC LIMIT 1`,
    [provider, id],
  );
  return row === undefined ? null : unpackRecord("consent", row.record);
}

/** Under the lock of the customer's checkouts. */
export async function keepConsent(sql: SqlRunner, said: Consent): Promise<void> {
  const { provider, checkoutId } = said;
  const known = await findConsent(sql, { provider, bought: { checkoutId } });
  const kept = earlierConsent(known, said);
  if (kept !== known) await saveConsent(sql, kept);
}

/** What must be kept of a deleted customer's. */
export async function anonymizeConsents(
  sql: SqlRunner,
  { customerId, reference }: { readonly customerId: string; readonly reference: string },
): Promise<void> {
  const rows = await sql.query<Row>("DELETE FROM tollgate.consents WHERE customer_id = $1 RETURNING record", [
    customerId,
  ]);
  for (const { record } of rows) {
    const kept = anonymizeConsent(unpackRecord("consent", record), reference);
    if (kept !== null) await saveConsent(sql, kept);
  }
}

async function saveConsent(sql: SqlRunner, consent: Consent): Promise<void> {
  const { provider, checkoutId, customerId, subscriptionId, agreedAt } = consent;
  await sql.query(
    `INSERT INTO tollgate.consents (provider, checkout_id, customer_id, subscription_id, agreed_at, record)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb)
     ON CONFLICT (provider, checkout_id) DO UPDATE SET
       customer_id = excluded.customer_id, subscription_id = excluded.subscription_id,
       agreed_at = excluded.agreed_at, record = excluded.record`,
    [
      provider,
      checkoutId,
      customerId,
      subscriptionId,
      agreedAt,
      JSON.stringify(packRecord("consent", consent)),
    ],
  );
}
