import {
  type AccessFacts,
  keptStartsOf,
  type Purchase,
  type Subscription,
  type UsageCapFact,
  type UsageFact,
  unpackRecord,
} from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/**
 * Rows rather than one JSON object: the database builds only the few counts, and each record is parsed once. A link
 * is an empty row.
 */
const statement = `
SELECT NULL::jsonb AS record FROM tollgate.customers WHERE customer_id = $1 AND provider = ANY($2::text[]) AND current
UNION ALL
SELECT record FROM tollgate.subscriptions WHERE customer_id = $1
UNION ALL
SELECT record FROM tollgate.purchases WHERE customer_id = $1
UNION ALL
SELECT jsonb_build_object('seatsOf', group_name, 'count', count) FROM tollgate.seats WHERE customer_id = $1
UNION ALL
SELECT jsonb_build_object('capOf', feature, 'setBy', set_by, 'cap', cap) FROM tollgate.usage_caps WHERE customer_id = $1
UNION ALL
SELECT jsonb_build_object('feature', feature, 'used', used, 'startsAt', period_start, 'endsAt', period_end)
FROM tollgate.usage WHERE customer_id = $1 AND (
  period_end IS NULL OR period_end > to_timestamp($3::float8) OR period_start IN (
    SELECT carried.value::timestamptz
    FROM tollgate.subscriptions, jsonb_each_text(record -> 'countedFrom') AS carried WHERE customer_id = $1
  )
)`;

interface Count {
  readonly feature: string;
  readonly used: number;
  readonly startsAt: string;
  readonly endsAt: string | null;
}

interface Seats {
  readonly seatsOf: string;
  readonly count: number;
}

interface Cap extends Pick<UsageCapFact, "setBy" | "cap"> {
  readonly capOf: string;
}

interface Row {
  readonly record: Subscription | Purchase | Seats | Cap | Count | null;
}

/**
 * A count belongs to a period that is running, or that a subscription says is: its end may have been put off since it
 * was counted, by no more than this (in milliseconds), or by any length of time if a change carried it over.
 */
const longestDelayMs = 100 * 86_400_000;

export async function readAccessFacts(
  sql: SqlRunner,
  customerId: string,
  providers: readonly string[],
  at: Date,
): Promise<AccessFacts> {
  const params = [customerId, [...providers], oldestEnd(at)];
  return toFacts(await sql.query<Row>(statement, params, "tollgate_access_facts"), at);
}

const ofMany = `
SELECT asked.id AS "customerId", facts.record
FROM unnest($1::text[]) AS asked (id), LATERAL (${statement.replaceAll("$1", "asked.id")}) AS facts`;

export async function readManyAccessFacts(
  sql: SqlRunner,
  customerIds: readonly string[],
  providers: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, AccessFacts>> {
  const byCustomer = await readRows(sql, customerIds, providers, at);
  return new Map([...byCustomer].map(([id, own]) => [id, toFacts(own, at)]));
}

/** What `readAccessFacts` is asked. */
export interface FactsQuery {
  readonly customerId: string;
  readonly providers: readonly string[];
  readonly at: Date;
}

/** Several questions of those that come at once, each with a time of its own, in one statement. */
export async function readFactsTogether(
  sql: SqlRunner,
  queries: readonly FactsQuery[],
): Promise<readonly AccessFacts[]> {
  const [{ providers } = { providers: [] }] = queries;
  if (queries.some((one) => one.providers.join() !== providers.join()))
    throw new Error("These are about other providers.");
  const earliest = new Date(Math.min(...queries.map(({ at }) => at.getTime())));
  const customerIds = queries.map(({ customerId }) => customerId);
  const byCustomer = await readRows(sql, customerIds, providers, earliest);
  return queries.map(({ customerId, at }) => {
    return toFacts(byCustomer.get(customerId) ?? [], at);
  });
}

async function readRows(
  sql: SqlRunner,
  customerIds: readonly string[],
  providers: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const params = [[...customerIds], [...providers], oldestEnd(at)];
  const rows = await sql.query<Row & { readonly customerId: string }>(
    ofMany,
    params,
    "tollgate_many_access_facts",
  );
  const byCustomer = new Map<string, Row[]>(customerIds.map((id) => [id, []]));
  for (const row of rows) byCustomer.get(row.customerId)?.push(row);
  return byCustomer;
}

/** In seconds. */
function oldestEnd(at: Date): number {
  return (at.getTime() - longestDelayMs) / 1000;
}

function toFacts(rows: readonly Row[], at: Date): AccessFacts {
  const subscriptions: Subscription[] = [];
  const counts: UsageFact[] = [];
  const purchases: Purchase[] = [];
  const seats: Record<string, number> = {};
  const caps: UsageCapFact[] = [];
  let hasBillingAccount = false;
  for (const { record } of rows) {
    if (record === null) hasBillingAccount = true;
    else if ("planId" in record) subscriptions.push(unpackRecord("subscription", record));
    else if ("productId" in record) purchases.push(unpackRecord("purchase", record));
    else if ("seatsOf" in record) seats[record.seatsOf] = record.count;
    else if ("capOf" in record) caps.push({ feature: record.capOf, setBy: record.setBy, cap: record.cap });
    else counts.push(toUsage(record));
  }
  // A sort in the statement would slow down every read; most customers have one.
  if (subscriptions.length > 1) subscriptions.sort(byAge);
  return {
    hasBillingAccount,
    subscriptions,
    usage: counts.filter((count) => isRunning(count, subscriptions, at)),
    purchases,
    ...(caps.length > 0 && { caps }),
    ...(Object.keys(seats).length > 0 && { seats }),
  };
}

/** Whether a count is one that may matter at this moment. */
export function isRunning(
  { startsAt, endsAt }: UsageFact,
  subscriptions: readonly Subscription[],
  at: Date,
): boolean {
  if (endsAt === null || Date.parse(endsAt) > at.getTime()) return true;
  // One of its periods, or the one that is paid for while it is past due.
  return subscriptions.some((one) => keptStartsOf(one).includes(startsAt));
}

function toUsage({ feature, used, startsAt, endsAt }: Count): UsageFact {
  return { feature, used, startsAt: toIso(startsAt), endsAt: endsAt && toIso(endsAt) };
}

function toIso(time: string): string {
  return new Date(time).toISOString();
}

export function byAge(a: Subscription, b: Subscription): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
