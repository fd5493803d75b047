import type { Settlement } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { insertCallbacks, toRows } from "../outbox/insert-callbacks.js";
import { subscriptionColumns, subscriptionUpdate, toParams } from "../records/subscriptions.js";

/** What `tollgate.overtaken()` raises. */
const overtakenCode = "TG001";

/**
 * Claims events: those that are new, and those that were kept and are still to be settled. An insert that meets
 * another transaction's uncommitted one waits for it.
 *
 * @param rows with ten columns: the head, the state, its reason and when it was settled
 */
export const claimEvents = (rows: string) => `
  INSERT INTO tollgate.events AS stored
    (provider, id, type, occurred_at, received_at, provider_customer_id, subscription_id, state, reason, settled_at)
  ${rows}
  ON CONFLICT (provider, id) DO UPDATE SET
    type = excluded.type,
    provider_customer_id = coalesce(excluded.provider_customer_id, stored.provider_customer_id),
    subscription_id = coalesce(excluded.subscription_id, stored.subscription_id),
    state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at,
    event = NULL, next_attempt_at = NULL
  WHERE stored.state IN ('received', 'unmatched', 'failed')
  RETURNING stored.provider, stored.id`;

const claim = claimEvents("VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $5)");

/** The same with callbacks. */
const claimAndTell = `
  WITH claimed AS (${claim}),
  ${insertCallbacks("claimed", "$10::jsonb")}
  SELECT provider FROM claimed`;

/** The save takes its row from the claim, so that the event's lock comes before the subscription's. */
const statement = (more = "") => `
  WITH claimed AS (${claim}),
  saved AS (
    INSERT INTO tollgate.subscriptions AS stored (${subscriptionColumns})
    SELECT $10::text, $11::text, $12::text, $13::timestamptz, $14::timestamptz, $15::text, $16::boolean, $17::jsonb
    FROM claimed
    ON CONFLICT (provider, id) DO UPDATE SET ${subscriptionUpdate}
    WHERE stored.revision = $18::bigint
    RETURNING revision
  )${more}
  SELECT CASE
    WHEN NOT EXISTS (SELECT FROM claimed) THEN 'duplicate'
    WHEN EXISTS (SELECT FROM saved) THEN 'settled'
    ELSE tollgate.overtaken()
  END AS outcome, (SELECT revision::text FROM saved) AS revision`;

const saveAlone = statement();
/** The locks of the outbox come last. */
const saveAndTell = statement(`,
  ${insertCallbacks("claimed", "$19::jsonb", "(SELECT count(*) FROM saved) >= 0")}`);

/** What became of it, with the new revision where a subscription was saved. */
export interface SettleOutcome {
  readonly outcome: "settled" | "duplicate";
  readonly revision: string | null;
}

/** One statement, callbacks included. It fails as a whole when the subscription is not as expected: see `isOvertaken`. */
export async function claimAndSave(
  sql: SqlRunner,
  { head, state, reason, save, callbacks }: Settlement,
): Promise<SettleOutcome> {
  const told = callbacks.length === 0 ? [] : [JSON.stringify(toRows(callbacks))];
  const event = [
    head.provider,
    head.id,
    head.type,
    head.occurredAt,
    head.receivedAt,
    head.providerCustomerId,
    head.subscriptionId,
    state,
    reason,
  ];
  if (save === null) {
    const claimed =
      told.length === 0
        ? await sql.query(claim, event, "tollgate_claim_event")
        : await sql.query(claimAndTell, [...event, ...told], "tollgate_claim_and_tell");
    return { outcome: claimed.length === 1 ? "settled" : "duplicate", revision: null };
  }
  const params = [...event, ...toParams(save.subscription), save.expectedRevision, ...told];
  const [row] =
    told.length === 0
      ? await sql.query<SettleOutcome>(saveAlone, params, "tollgate_settle_event")
      : await sql.query<SettleOutcome>(saveAndTell, params, "tollgate_settle_and_tell");
  if (row === undefined) throw new Error("A statement without a condition gave no row.");
  return row;
}

/** Whether a statement failed because the subscription has changed since it was read. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === overtakenCode;
}
