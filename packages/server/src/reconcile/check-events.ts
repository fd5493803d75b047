import { type BillingEvent, isMissed, isYoung, type ProviderPage } from "@tollgate/core";
import { describeError } from "../log/logger.js";
import { applyEvent } from "../sync/apply-event.js";
import { isOutage } from "./check-subscription.js";
import { inOrder } from "./event-index.js";
import { toListed } from "./explain-confirmed.js";
import type { RunningReconcile } from "./reconcile-run.js";

/**
 * Looks for a page's events in the inbox. Whatever a subscription's state did not show, such as a payment that the app
 * was never told about, is a difference of its own, and its repair is to apply the event as if it had arrived.
 *
 * @param told the events that have already explained a difference in this run
 */
export async function checkEvents(
  run: RunningReconcile,
  page: ProviderPage<BillingEvent>,
  told: ReadonlySet<string>,
): Promise<void> {
  const items = page.items.filter(({ id }) => !told.has(id));
  const missed = await findMissed(run, { ...page, items });
  const ours = await keepOurs(run, missed);
  for (const group of bySubject(inOrder(ours))) {
    run.signal.throwIfAborted();
    const repaired = run.repair && (await replay(run, group));
    await tell(run, group, repaired);
  }
}

async function findMissed(
  run: RunningReconcile,
  { items, asOf }: ProviderPage<BillingEvent>,
): Promise<readonly BillingEvent[]> {
  const listed = await toListed(run, items);
  const missed = new Set(
    listed
      .filter(isMissed)
      .filter(({ standing, occurredAt }) => {
        return standing?.state === "failed" || !isYoung(occurredAt, asOf, run.patienceSeconds);
      })
      .map(({ id }) => id),
  );
  return items.filter(({ id }) => missed.has(id));
}

/**
 * Only those about customers of ours, and about subscriptions that are stored: another product of the same account is
 * none of our business, and what nobody has stored was already reported as a difference.
 */
async function keepOurs(
  { context }: RunningReconcile,
  events: readonly BillingEvent[],
): Promise<readonly BillingEvent[]> {
  if (events.length === 0) return [];
  const { subscriptions, links } = await context.store.readReconcileFacts({
    provider: context.provider.id,
    subscriptionIds: events.flatMap((event) => subscriptionOf(event) ?? []),
    providerCustomerIds: events.flatMap(({ providerCustomerId }) => providerCustomerId ?? []),
  });
  const stored = new Set(subscriptions.map(({ subscription }) => subscription.id));
  const linked = new Set(links.map(({ providerCustomerId }) => providerCustomerId));
  return events.filter((event) => {
    const { providerCustomerId } = event;
    const subscriptionId = subscriptionOf(event);
    const isKnown = providerCustomerId !== null && linked.has(providerCustomerId);
    return subscriptionId === null ? isKnown : stored.has(subscriptionId);
  });
}

async function replay(run: RunningReconcile, events: readonly BillingEvent[]): Promise<boolean> {
  const { context, pace, signal } = run;
  try {
    for (const event of events) await pace(() => applyEvent(context, event));
    return true;
  } catch (error) {
    if (signal.aborted || isOutage(error)) throw error;
    const fields = { eventIds: events.map(({ id }) => id), error: describeError(error) };
    context.logger.error(fields, "A missed event could not be applied");
    return false;
  }
}

async function tell(
  { context, journal }: RunningReconcile,
  events: readonly BillingEvent[],
  repaired: boolean,
): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  const { providerCustomerId } = first;
  const link =
    providerCustomerId &&
    (await context.store.findCustomerByProviderId(providerCustomerId, context.provider.id));
  const types = [...new Set(events.map(({ type }) => type))].join(", ");
  const name = events.length === 1 ? `The event ${first.id}` : `${events.length} events`;
  await journal.found({
    cause: "missed_event",
    provider: context.provider.id,
    subscriptionId: subscriptionOf(first),
    customerId: link ? link.customerId : null,
    providerCustomerId,
    fields: [],
    eventIds: events.map(({ id }) => id),
    message: `${name} (${types}) never arrived or could not be applied: the app was not told of it.`,
    repaired,
  });
}

function bySubject(events: readonly BillingEvent[]): readonly (readonly BillingEvent[])[] {
  const groups = new Map<string, BillingEvent[]>();
  for (const event of events) {
    const subject = subscriptionOf(event) ?? event.id;
    groups.set(subject, [...(groups.get(subject) ?? []), event]);
  }
  return [...groups.values()];
}

function subscriptionOf(event: BillingEvent): string | null {
  return "subscriptionId" in event ? event.subscriptionId : null;
}
