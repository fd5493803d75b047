import type { Callback, Settlement } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { insertCallback, insertCallbacks, toCallbackParams, toRows } from "../outbox/insert-callbacks.js";
import { afterHistory, insertHistory, toHistoryRows } from "../records/insert-history.js";
import { seatsDue } from "../records/seats.js";
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

/** The same with what the history keeps of it. */
const claimAndNote = (more = "") => `
  WITH claimed AS (${claim}), ${insertHistory("claimed", "$10::jsonb", "NULL::jsonb")}${more}
  SELECT provider FROM claimed`;

/** The same with a callback, and with several. The locks of the outbox come last. */
const claimAndTell = claimAndNote(`, ${insertCallback(afterHistory("claimed"), 11)}`);
const claimAndTellAll = claimAndNote(`, ${insertCallbacks(afterHistory("claimed"), "$11::jsonb")}`);

/**
 * The save takes its row from the claim, so that the event's lock comes before the subscription's. Seats come after it, and
 * are asked for in the answer, so that they come before the outbox.
 */
const statement = (more = "") => `
  WITH claimed AS (${claim}),
  saved AS (
    INSERT INTO tollgate.subscriptions AS stored (${subscriptionColumns})
    SELECT $10::text, $11::text, $12::text, $13::timestamptz, $14::timestamptz, $15::text, $16::boolean, $17::jsonb
    FROM claimed
    ON CONFLICT (provider, id) DO UPDATE SET ${subscriptionUpdate}
    WHERE stored.revision = $18::bigint
    RETURNING revision, record
  ), ${insertHistory("saved", "$19::jsonb", "saved.record")},
  due AS (${seatsDue("saved", { customerId: "$12::text", at: "$20::timestamptz" })})${more}
  SELECT CASE
    WHEN NOT EXISTS (SELECT FROM claimed) THEN 'duplicate'
    WHEN EXISTS (SELECT FROM saved) THEN 'settled'
    ELSE tollgate.overtaken()
  END AS outcome, (SELECT revision::text FROM saved) AS revision, EXISTS (SELECT FROM due) AS "seatsDue"`;

const saveAlone = statement();
/** The locks of the outbox come last. */
const saveAndTell = statement(`, ${insertCallback(afterHistory("saved"), 21)}`);
const saveAndTellAll = statement(`, ${insertCallbacks(afterHistory("saved"), "$21::jsonb")}`);

/** The statement, and its name, for as many callbacks: none, one, or more. */
const claims = [
  [claimAndNote(), "tollgate_claim_event"],
  [claimAndTell, "tollgate_claim_and_tell"],
  [claimAndTellAll, "tollgate_claim_and_tell_all"],
] as const;
const saves = [
  [saveAlone, "tollgate_settle_event"],
  [saveAndTell, "tollgate_settle_and_tell"],
  [saveAndTellAll, "tollgate_settle_and_tell_all"],
] as const;

/** What became of it, with the new revision where a subscription was saved. */
export interface SettleOutcome {
  readonly outcome: "settled" | "duplicate";
  readonly revision: string | null;
  /** Whether seats are to be looked at, and there are any. */
  readonly seatsDue: boolean;
}

/** One statement, callbacks included. It fails as a whole when the subscription is not as expected: see `isOvertaken`. */
export async function claimAndSave(
  sql: SqlRunner,
  { head, state, reason, save, facts = [], callbacks }: Settlement,
): Promise<SettleOutcome> {
  const { count, told } = toTold(callbacks);
  const history = JSON.stringify(toHistoryRows([save?.history, ...facts]));
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
    const [text, name] = claims[count];
    const claimed = await sql.query(text, [...event, history, ...told], name);
    return { outcome: claimed.length === 1 ? "settled" : "duplicate", revision: null, seatsDue: false };
  }
  const params = [
    ...event,
    ...toParams(save.subscription),
    save.expectedRevision,
    history,
    save.seatsDueAt ?? null,
    ...told,
  ];
  const [text, name] = saves[count];
  const [row] = await sql.query<SettleOutcome>(text, params, name);
  if (row === undefined) throw new Error("A statement without a condition gave no row.");
  return row;
}

/** Which of the statements it takes, and what it needs besides. */
function toTold(callbacks: readonly Callback[]): { count: 0 | 1 | 2; told: readonly string[] } {
  const [only, ...more] = callbacks;
  if (only === undefined) return { count: 0, told: [] };
  if (more.length === 0) return { count: 1, told: toCallbackParams(only) };
  return { count: 2, told: [JSON.stringify(toRows(callbacks))] };
}

/** Whether a statement failed because the subscription has changed since it was read. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === overtakenCode;
}
