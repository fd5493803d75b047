import { isLive, packRecord, type Settlement, type SubscriptionSave } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { takeTurns } from "../driver/take-turns.js";
import { insertCallbacks, toRows } from "../outbox/insert-callbacks.js";
import { afterHistory, insertHistory, toHistoryRows } from "../records/insert-history.js";
import { seatsDue } from "../records/seats.js";
import { claimAndSave, claimEvents, type SettleOutcome } from "./claim-and-save.js";

/** A settlement that saves a subscription over what is stored of it. */
type SettledUpdate = Settlement & {
  readonly save: SubscriptionSave & { readonly expectedRevision: string };
};

interface ClaimedRow {
  readonly event: string;
  readonly revision: string;
  readonly seatsDue: boolean;
}

/** Like the statement for one: each event's lock comes before its subscription's, and it fails as a whole. */
const statement = (more = "") => `
  WITH input AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS one(
      provider text, event text, type text, "occurredAt" timestamptz, "receivedAt" timestamptz,
      "providerCustomerId" text, "subscriptionId" text, state text, reason text, "expectedRevision" bigint,
      id text, "customerId" text, "startedAt" timestamptz, "asOf" timestamptz, "group" text, live boolean,
      record jsonb, history jsonb, "seatsDueAt" timestamptz, callbacks jsonb
    )
  ),
  claimed AS (${claimEvents(`
    SELECT provider, event, type, "occurredAt", "receivedAt", "providerCustomerId", "subscriptionId", state,
      reason, "receivedAt" FROM input`)}
  ),
  saved AS (
    UPDATE tollgate.subscriptions AS stored SET
      customer_id = input."customerId", started_at = input."startedAt", as_of = input."asOf",
      group_name = input."group", live = input.live, record = input.record, revision = stored.revision + 1
    FROM claimed JOIN input ON input.provider = claimed.provider AND input.event = claimed.id
    WHERE stored.provider = input.provider AND stored.id = input.id
      AND stored.revision = input."expectedRevision"
    RETURNING input.event, stored.revision
  ), ${insertHistory("saved JOIN input ON input.event = saved.event", "input.history", "input.record")},
  due AS (${seatsDue("saved JOIN input ON input.event = saved.event", {
    customerId: 'input."customerId"',
    at: 'input."seatsDueAt"',
  })}, input.event)${more}
  SELECT claimed.id AS event, coalesce(saved.revision::text, tollgate.overtaken()) AS revision,
    claimed.id IN (SELECT event FROM due) AS "seatsDue"
  FROM claimed LEFT JOIN saved ON saved.event = claimed.id`;

const saveAlone = statement();
/** The locks of the outbox come last. */
const saveAndTell = statement(
  `, ${insertCallbacks(afterHistory("saved JOIN input ON input.event = saved.event"), "input.callbacks")}`,
);

/**
 * Settles several events in one statement, each about another subscription; all of them or none.
 *
 * @returns the outcomes in the order of the settlements
 */
async function settleTogether(
  sql: SqlRunner,
  settlements: readonly SettledUpdate[],
): Promise<readonly SettleOutcome[]> {
  // In a fixed order, so that two that settle the same events don't deadlock.
  const rows = settlements.map(toRow).sort((a, b) => (a.id < b.id ? -1 : 1));
  const params = [JSON.stringify(rows)];
  const claimed = settlements.every(({ callbacks }) => callbacks.length === 0)
    ? await sql.query<ClaimedRow>(saveAlone, params, "tollgate_settle_events")
    : await sql.query<ClaimedRow>(saveAndTell, params, "tollgate_settle_events_and_tell");
  const rowsOf = new Map(claimed.map((row) => [row.event, row]));
  return settlements.map(({ head }) => {
    const row = rowsOf.get(head.id);
    return row === undefined
      ? { outcome: "duplicate", revision: null, seatsDue: false }
      : { outcome: "settled", revision: row.revision, seatsDue: row.seatsDue };
  });
}

/**
 * Those that change what is stored, which are nearly all, are settled together in a burst.
 */
export function createSettling(sql: SqlRunner): (settlement: Settlement) => Promise<SettleOutcome> {
  const settleUpdate = takeTurns<SettledUpdate, SettleOutcome>({
    alone: (settlement) => claimAndSave(sql, settlement),
    together: (settlements) => settleTogether(sql, settlements),
    keysOf: ({ head, save: { subscription } }) => [
      `event ${head.provider} ${head.id}`,
      `subscription ${subscription.provider} ${subscription.id}`,
    ],
  });
  return (settlement) => (isUpdate(settlement) ? settleUpdate(settlement) : claimAndSave(sql, settlement));
}

function isUpdate(settlement: Settlement): settlement is SettledUpdate {
  return settlement.save !== null && settlement.save.expectedRevision !== null;
}

function toRow({ head, state, reason, save, facts = [], callbacks }: SettledUpdate) {
  const { subscription, expectedRevision, seatsDueAt = null } = save;
  const { id, customerId, startedAt, asOf, group } = subscription;
  const event = { ...head, event: head.id, state, reason, expectedRevision };
  const record = packRecord("subscription", subscription);
  return {
    ...event,
    id,
    customerId,
    startedAt,
    asOf,
    group,
    live: isLive(subscription),
    record,
    history: toHistoryRows([save.history, ...facts]),
    seatsDueAt,
    callbacks: toRows(callbacks),
  };
}
