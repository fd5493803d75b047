import {
  type BillingEvent,
  type CustomerClaim,
  type Difference,
  explainDifference,
  type IsoTime,
  isMissed,
  type ListedEvent,
} from "@tollgate/core";
import type { ConfirmedDifference } from "./confirm-difference.js";
import { historyOf } from "./history-of.js";
import { identifyOwner } from "./identify-owner.js";
import type { RunningReconcile } from "./reconcile-run.js";

/** A difference, and what repairing it needs. */
export interface ExplainedDifference {
  readonly explained: Difference;
  readonly claim: CustomerClaim | null;
  /** Those that are still to be dealt with, oldest first. */
  readonly missed: readonly BillingEvent[];
}

const msPerDay = 86_400_000;

/** Gathers what explains a difference; `null` when it will vanish by itself. */
export async function explainConfirmed(
  run: RunningReconcile,
  confirmed: ConfirmedDifference,
): Promise<ExplainedDifference | null> {
  const { context, pace, patienceSeconds } = run;
  const { actual, stored, difference } = confirmed;
  const { events, complete } = await findEvents(run, confirmed);
  const listed = await toListed(run, events);
  const claim =
    difference.kind === "orphaned_customer" && actual !== null
      ? await identifyOwner(context, actual.customer)
      : null;
  const { providerCustomerId } = stored ?? {};
  const customerKnown =
    difference.kind !== "missing_at_provider" ||
    providerCustomerId === undefined ||
    (await pace(() => context.provider.customers.read(providerCustomerId))) !== null;
  const facts = { ...confirmed, provider: context.provider.id, claim, customerKnown, patienceSeconds };
  const explained = explainDifference({ ...facts, events: listed, eventsComplete: complete });
  if (explained === null) return null;
  const ids = new Set(listed.filter(isMissed).map(({ id }) => id));
  return { explained, claim, missed: events.filter(({ id }) => ids.has(id)) };
}

async function findEvents({ context, events }: RunningReconcile, confirmed: ConfirmedDifference) {
  const { subscriptionId, stored, actual, difference, asOf } = confirmed;
  const since = stored === null ? actual?.createdAt : secondBefore(stored.asOf);
  const explains = difference.kind === "changed" || difference.kind === "absent";
  // What was made long ago and never stored is a backfill: its first event is no longer in the list.
  const tooOld =
    stored === null && since !== undefined && since < daysBefore(asOf, historyOf(context)?.days ?? 0);
  if (since === undefined || !(explains || difference.kind === "unknown_price") || tooOld) {
    return { events: [], complete: false };
  }
  return events.about(subscriptionId, since, asOf);
}

/** What the inbox knows of events in the provider's list. */
export async function toListed(
  { context }: Pick<RunningReconcile, "context">,
  events: readonly BillingEvent[],
): Promise<readonly ListedEvent[]> {
  const ids = events.map(({ id }) => id);
  const standings = await context.store.readEventStandings(context.provider.id, ids);
  const byId = new Map(standings.map((standing) => [standing.id, standing]));
  return events.map(({ id, type, occurredAt }) => {
    return { id, type, occurredAt, standing: byId.get(id) ?? null };
  });
}

/** A stored state is dated up to a second too early. */
function secondBefore(time: IsoTime): IsoTime {
  return new Date(Date.parse(time) - 1_000).toISOString();
}

function daysBefore(time: IsoTime, days: number): IsoTime {
  return new Date(Date.parse(time) - days * msPerDay).toISOString();
}
