import type { EventFacts, EventReads } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { takeTurns } from "../driver/take-turns.js";
import { toStored } from "../records/subscriptions.js";
import { toIso } from "./event-row.js";

type Asked = Parameters<EventReads["findEventFacts"]>[0];

interface FactsRow {
  readonly state: EventFacts["state"];
  readonly attempts: number | null;
  readonly customerId: string | null;
  readonly record: object | null;
  readonly revision: string | null;
  readonly ignoredAt: Date | string | null;
}

/** Four look-ups by key in one statement, so that they see one moment and cost one round trip. */
const facts = `
  SELECT e.state, e.attempts, c.customer_id AS "customerId", s.record, s.revision::text AS revision,
    (
      SELECT ${isoTime("max(i.occurred_at)")} FROM tollgate.events i
      WHERE i.provider = one.provider AND i.subscription_id = one.subscription AND i.state = 'ignored'
    ) AS "ignoredAt"`;

/** Each row is looked up by itself: a query plan from when the tables were small must not read them whole later. */
const lookUps = `
  LEFT JOIN LATERAL (
    SELECT state, attempts FROM tollgate.events WHERE provider = one.provider AND id = one.event LIMIT 1
  ) e ON true
  LEFT JOIN LATERAL (
    SELECT record, revision FROM tollgate.subscriptions
    WHERE provider = one.provider AND id = one.subscription LIMIT 1
  ) s ON true
  LEFT JOIN LATERAL (
    SELECT customer_id FROM tollgate.customers
    WHERE provider = one.provider AND provider_customer_id = one.customer LIMIT 1
  ) c ON true`;

const ofOne = `${facts}
  FROM (VALUES ($1::text, $2::text, $3::text, $4::text)) AS one(provider, event, subscription, customer)
  ${lookUps}`;

const ofMany = `${facts}
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY
    AS one(provider, event, subscription, customer, position)
  ${lookUps}
  ORDER BY one.position`;

async function findEventFacts(sql: SqlRunner, asked: Asked): Promise<EventFacts> {
  const [row] = await sql.query<FactsRow>(ofOne, paramsOf(asked), "tollgate_event_facts");
  if (row === undefined) throw new Error("A statement without a condition gave no row.");
  return toFacts(row);
}

/** The same, in a burst for several events at once. */
export function createFactsReader(sql: SqlRunner): EventReads["findEventFacts"] {
  return takeTurns<Asked, EventFacts>({
    alone: (asked) => findEventFacts(sql, asked),
    async together(all) {
      const columns = [0, 1, 2, 3].map((column) => all.map((asked) => paramsOf(asked)[column]));
      return (await sql.query<FactsRow>(ofMany, columns, "tollgate_events_facts")).map(toFacts);
    },
    keysOf: () => [],
  });
}

function paramsOf({ provider, id, subscriptionId, providerCustomerId }: Asked): readonly (string | null)[] {
  return [provider, id, subscriptionId, providerCustomerId];
}

function toFacts(row: FactsRow): EventFacts {
  const { state, attempts, customerId, record, revision } = row;
  const current = record === null || revision === null ? null : { ...toStored(record), revision };
  const ignoredAt = row.ignoredAt === null ? null : toIso(row.ignoredAt);
  return { state, attempts: attempts ?? 0, current, customerId, ignoredAt };
}
