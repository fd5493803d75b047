import { type EventRecord, type EventState, unpackRecord } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";

/** What an event's record is built from, with the table under the name `e`. */
export const eventColumns = `e.id, e.provider, e.type, ${isoTime("e.occurred_at")} AS "occurredAt",
  ${isoTime("e.received_at")} AS "receivedAt",
  e.provider_customer_id AS "providerCustomerId", e.subscription_id AS "subscriptionId", e.state, e.attempts,
  e.reason, ${isoTime("e.next_attempt_at")} AS "nextAttemptAt", e.event`;

export interface EventRow {
  readonly id: string;
  readonly provider: string;
  readonly type: string;
  readonly occurredAt: Date | string;
  readonly receivedAt: Date | string;
  readonly providerCustomerId: string | null;
  readonly subscriptionId: string | null;
  readonly state: EventState;
  readonly attempts: number;
  readonly reason: string | null;
  readonly nextAttemptAt: Date | string | null;
  readonly event: object | null;
}

export function toRecord(row: EventRow): EventRecord {
  const { id, provider, type, providerCustomerId, subscriptionId, state, attempts, reason, event } = row;
  return {
    id,
    provider,
    type,
    occurredAt: toIso(row.occurredAt),
    receivedAt: toIso(row.receivedAt),
    providerCustomerId,
    subscriptionId,
    state,
    attempts,
    reason,
    nextAttemptAt: row.nextAttemptAt === null ? null : toIso(row.nextAttemptAt),
    event: event && unpackRecord("event", event),
  };
}

export function toIso(time: Date | string): string {
  return new Date(time).toISOString();
}
