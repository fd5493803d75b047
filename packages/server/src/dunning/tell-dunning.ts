import {
  BillingError,
  decideNotice,
  type Job,
  type PaymentMethod,
  type Subscription,
  withNotice,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider, atProvider } from "../context/providers.js";
import { applyRead } from "../sync/apply-read.js";
import { waitForTurn } from "../sync/wait-for-turn.js";
import type { DunningRules } from "./dunning-options.js";

/** When customers are told of a failed payment, and how long it is tolerated. */
export interface DunningContext extends BillingContext {
  readonly dunning: DunningRules;
  readonly graceDays: number;
}

const pageSize = 100;
/** Each attempt loses only to one that stored something meanwhile. */
const tries = 8;

/** Tells of everything that could not be paid and whose next notice is due. What fails for one holds up nobody else. */
export async function tellDunning(
  context: DunningContext,
  _job: Extract<Job, { type: "tell_dunning" }>,
  signal: AbortSignal,
): Promise<void> {
  const failures: unknown[] = [];
  for (const one of atEachProvider(context)) {
    for await (const subscription of pastDueAt(one)) {
      if (signal.aborted) return;
      await tell(one, subscription).catch((error: unknown) => failures.push(error));
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Tells of one that has just failed. */
export async function notifyDunning(
  context: DunningContext,
  { provider, subscriptionId }: Extract<Job, { type: "notify_dunning" }>,
): Promise<void> {
  // Another instance, of another release, may have that provider: the round will come by.
  if (context.providers.find(provider) === null) return;
  const one = atProvider(context, provider);
  const subscription = await one.store.findSubscription(subscriptionId, provider);
  if (subscription !== null) await tell(one, subscription);
}

async function* pastDueAt({ store, provider }: BillingContext): AsyncGenerator<Subscription> {
  let after: string | null = null;
  do {
    const page: readonly Subscription[] = await store.listPastDue({
      ...{ provider: provider.id, limit: pageSize },
      after,
    });
    yield* page;
    after = page.length < pageSize ? null : (page.at(-1)?.id ?? null);
  } while (after !== null);
}

/**
 * Asks the provider before anybody is told, for the customer may have paid without our having heard of it. The notice
 * and the note that it was told are one write: whatever crashes, and however many try, it is told once.
 */
async function tell(context: DunningContext, known: Subscription): Promise<void> {
  if (noticeFor(context, known) === null) return;
  const { store } = context;
  const { id, provider, customerId, providerCustomerId } = known;
  await applyRead(context, { provider, subscriptionId: id, customerId });
  const { subscriptions } = context.provider;
  const method = (await subscriptions.readPaymentMethod?.({ id, providerCustomerId })) ?? null;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await store.findStoredSubscription(id, provider);
    const data = stored === null ? null : noticeFor(context, stored.subscription, method);
    if (stored === null || data === null) return;
    const outcome = await store.saveSubscription({
      subscription: withNotice(stored.subscription, data),
      expectedRevision: stored.revision,
      callbacks: [{ id: `${data.invoiceId}:dunning.notice:${data.noticed}`, type: "dunning.notice", data }],
      jobs: [],
    });
    if (outcome === "saved") return;
    await waitForTurn(attempt);
  }
  throw new BillingError("store_unavailable", "The subscription is changing too fast. Try again.");
}

function noticeFor(
  { dunning, graceDays, clock }: DunningContext,
  subscription: Subscription,
  method: PaymentMethod | null = null,
) {
  return decideNotice({ ...dunning, subscription, graceDays, method, now: clock() });
}
