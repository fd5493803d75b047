import {
  BillingError,
  type DeletionSettlement,
  type EndedByDeletion,
  type FoundSubscription,
  type Money,
  type ProviderManagement,
  type ProviderPage,
  type SubscriptionRef,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { underKey } from "../idempotency/under-key.js";
import { applyRead } from "../sync/apply-read.js";
import { endMissing } from "../sync/end-missing.js";

/** Where and how something is ended. */
export interface EndingRun {
  readonly context: BillingContext;
  readonly customerId: string;
  readonly settlement: DeletionSettlement;
}

/**
 * @throws BillingError `not_supported` where this provider can't end what runs at once, or can't pay back
 */
export function checkEnding({ provider }: BillingContext, settlement: DeletionSettlement): void {
  const { manage, id } = provider;
  if (canSettle(manage, settlement)) return;
  throw new BillingError("not_supported", "The payment provider can't end a subscription this way.", {
    details: { provider: id, settlement },
  });
}

function canSettle(
  { endings, cancels, refunds }: ProviderManagement,
  settlement: DeletionSettlement,
): boolean {
  if (endings !== undefined) return endings.ends.includes("now") && endings.settlements.includes(settlement);
  if (!cancels.includes("now")) return false;
  return settlement === "nothing" || (settlement === "refund" && refunds !== null);
}

/** Ends a subscription at once and applies what the provider says then. Done again it does what is left. */
export async function endOne(run: EndingRun, subscription: SubscriptionRef): Promise<EndedByDeletion> {
  const { context, customerId } = run;
  const { provider, store } = context;
  const refunded = await askForEnd(run, subscription);
  const { id: subscriptionId, providerCustomerId } = subscription;
  const read = {
    provider: provider.id,
    subscriptionId,
    customerId,
    providerCustomerId,
    cause: { kind: "command", name: "end" },
  } as const;
  if ((await applyRead(context, read)) === "missing") {
    const stored = await store.findSubscription(subscriptionId, provider.id);
    if (stored !== null) await endMissing(context, stored, `deletion:${subscriptionId}:ended`);
  }
  return { provider: provider.id, subscriptionId, refunded };
}

async function askForEnd(
  { context, settlement }: EndingRun,
  subscription: SubscriptionRef,
): Promise<Money | null> {
  checkEnding(context, settlement);
  const { endings, cancel } = context.provider.manage;
  try {
    const { refunded } = await underKey(context, ["deletion", subscription.id], (idempotencyKey) =>
      endings === undefined
        ? cancel({ subscription, at: "now", refund: settlement === "refund", idempotencyKey })
        : endings.end({ subscription, at: { kind: "now" }, settlement, said: null, idempotencyKey }),
    );
    return refunded;
  } catch (error) {
    // Somebody else ended it, and nothing is owed.
    if (error instanceof BillingError && error.code === "subscription_ended") return null;
    throw error;
  }
}

/** What a customer has at a provider. */
export interface AtProvider {
  /** Ours that run, or that ended since: an end that a crash cut off may still owe a refund. */
  readonly ours: readonly SubscriptionRef[];
  /** Whether something of another catalog runs. */
  readonly othersRun: boolean;
}

export async function listAtProvider(
  context: BillingContext,
  providerCustomerId: string,
  since: string,
): Promise<AtProvider> {
  const { subscriptions } = context.provider;
  const ours: SubscriptionRef[] = [];
  let othersRun = false;
  let after: string | null = null;
  do {
    const page: ProviderPage<FoundSubscription> = await subscriptions.listOf({ providerCustomerId, after });
    for (const { id, state, endedAt } of page.items) {
      if (endedAt !== null && Date.parse(endedAt) < Date.parse(since) - 1000) continue;
      const ref = { id, providerCustomerId };
      const isForeign =
        state === "foreign" ||
        (state === "unreadable" && (await subscriptions.read(ref)).value === "foreign");
      if (!isForeign) ours.push(ref);
      else if (endedAt === null) othersRun = true;
    }
    after = page.next;
  } while (after !== null);
  return { ours, othersRun };
}
