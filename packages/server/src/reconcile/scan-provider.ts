import {
  BillingError,
  type BillingProvider,
  type FoundSubscription,
  findDifference,
  hasEnded,
  type ProviderPage,
} from "@tollgate/core";
import { checkSubscription } from "./check-subscription.js";
import type { RunningReconcile } from "./reconcile-run.js";
import { foreignTo } from "./whose-is.js";

/** Goes through the provider's list, of one of its customers or of all, from where the run stands. */
export async function scanProvider(run: RunningReconcile, providerCustomerId: string | null): Promise<void> {
  const { context, pace, journal } = run;
  let after = journal.progress().cursor;
  for (;;) {
    const page = await pace(() => listPage(context.provider, providerCustomerId, after));
    const seen = await comparePage(run, page);
    after = page.next;
    if (after === null) return journal.save({ phase: "store", cursor: null }, seen);
    await journal.save({ phase: "provider", cursor: after }, seen);
  }
}

function listPage(
  { id, subscriptions }: BillingProvider,
  providerCustomerId: string | null,
  after: string | null,
): Promise<ProviderPage<FoundSubscription>> {
  if (providerCustomerId !== null) return subscriptions.listOf({ providerCustomerId, after });
  if (subscriptions.listAll !== undefined) return subscriptions.listAll({ after });
  throw new BillingError("not_supported", "The provider can't list everybody's subscriptions.", {
    details: { provider: id },
  });
}

/**
 * One query says what is stored for a whole page; only what differs costs more.
 *
 * @returns what need not be looked for any more: an ended one is stored as ended, or was found to differ
 */
export async function comparePage(
  run: RunningReconcile,
  { items, asOf }: ProviderPage<FoundSubscription>,
): Promise<readonly string[]> {
  const { context, signal, journal } = run;
  const facts = await context.store.readReconcileFacts({
    provider: context.provider.id,
    subscriptionIds: items.map(({ id }) => id),
    providerCustomerIds: [...new Set(items.map(({ customer }) => customer.providerCustomerId))],
  });
  const stored = new Map(facts.subscriptions.map((one) => [one.subscription.id, one]));
  const owners = new Map(facts.links.map((link) => [link.providerCustomerId, link.customerId]));
  for (const item of items) {
    signal.throwIfAborted();
    const ownerId = owners.get(item.customer.providerCustomerId) ?? null;
    const one = stored.get(item.id);
    const compared = { stored: one?.subscription ?? null, written: one?.written, actual: item, ownerId };
    const foreign = one === undefined && ownerId === null ? await foreignTo(run, item) : null;
    if (foreign !== null) journal.skipped(foreign);
    else if (findDifference(compared) !== null) await checkSubscription(run, item.id, { value: item, asOf });
    await journal.compared();
  }
  return items
    .filter(({ id, endedAt }) => {
      const one = stored.get(id);
      return endedAt === null || (one !== undefined && !hasEnded(one.subscription));
    })
    .map(({ id }) => id);
}
