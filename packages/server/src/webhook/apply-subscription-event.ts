import {
  type Projection,
  projectEvent,
  projectRead,
  type StoreTransaction,
  type Subscription,
  type SubscriptionEvent,
} from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { findOwner } from "../customers/find-owner.js";
import { claimEvent, type EventOutcome, keepUnmatched } from "./claim-event.js";
import { enqueueCallbacks } from "./enqueue-callbacks.js";
import { type FreshRead, subscriptionLock } from "./with-fresh-read.js";

/** Applies what the event says, unless only the provider can tell: then nothing is claimed. */
export async function applySubscriptionEvent(
  tx: StoreTransaction,
  context: BillingContext,
  event: SubscriptionEvent,
): Promise<{ outcome: EventOutcome } | { outcome: "reread"; subscriptionId: string }> {
  const { subscriptionId } = event;
  await tx.lock(subscriptionLock(event.provider, subscriptionId));
  const current = await tx.findSubscription(subscriptionId, event.provider);
  if (current === null && event.state === "foreign") {
    return { outcome: await claimEvent(tx, context, event, "ignored") };
  }
  const owner = await ownerOf(tx, event, current);
  if ("outcome" in owner) return { outcome: await settleOwnerless(tx, context, event) };
  const projection = projectEvent({ event, current, customerId: owner.customerId });
  if (projection.action !== "reread") {
    return { outcome: await conclude(tx, context, event, current, projection) };
  }
  // A duplicate ties with itself: no need to ask the provider about it.
  const record = await tx.findEvent(event.id, event.provider);
  if (record !== null && record.state !== "unmatched") return { outcome: "duplicate" };
  return { outcome: "reread", subscriptionId };
}

/** Applies what the provider says now. */
export async function applySubscriptionRead(
  tx: StoreTransaction,
  context: BillingContext,
  event: SubscriptionEvent,
  { read, current }: FreshRead,
): Promise<EventOutcome> {
  const { value: state, asOf } = read;
  if (state === null || state === "foreign") return claimEvent(tx, context, event, "ignored");
  const owner = await ownerOf(tx, event, current);
  if ("outcome" in owner) return settleOwnerless(tx, context, event);
  const trialEnding = event.type === "trial.ending";
  const { customerId } = owner;
  const cause = { cause: event.id, since: event.occurredAt, trialEnding };
  const projection = projectRead({ state, asOf, current, customerId, ...cause });
  return conclude(tx, context, event, current, projection);
}

type Owner = { readonly customerId: string } | { readonly outcome: "ownerless" };

async function ownerOf(
  tx: StoreTransaction,
  event: SubscriptionEvent,
  current: Subscription | null,
): Promise<Owner> {
  if (current !== null) return { customerId: current.customerId };
  if (event.providerCustomerId === null) return { outcome: "ownerless" };
  const customerId = await findOwner(tx, event.provider, event.providerCustomerId);
  return customerId === null ? { outcome: "ownerless" } : { customerId };
}

async function settleOwnerless(
  tx: StoreTransaction,
  context: BillingContext,
  event: SubscriptionEvent,
): Promise<EventOutcome> {
  const { providerCustomerId } = event;
  return providerCustomerId === null
    ? claimEvent(tx, context, event, "ignored")
    : keepUnmatched(tx, context, event, providerCustomerId);
}

async function conclude(
  tx: StoreTransaction,
  context: BillingContext,
  event: SubscriptionEvent,
  current: Subscription | null,
  projection: Projection,
): Promise<EventOutcome> {
  if (projection.action === "apply") {
    return claimEvent(tx, context, event, "applied", async () => {
      await tx.saveSubscription(projection.subscription);
      await enqueueCallbacks(tx, context, projection.callbacks);
    });
  }
  if (projection.action === "stale" && event.type === "trial.ending") {
    return claimEvent(tx, context, event, "stale", () => announceTrialEnd(tx, context, event, current));
  }
  return claimEvent(tx, context, event, projection.action === "stale" ? "stale" : "ignored");
}

/** A trial's coming end stays news when the state that came with it is old. */
async function announceTrialEnd(
  tx: StoreTransaction,
  context: BillingContext,
  event: SubscriptionEvent,
  current: Subscription | null,
): Promise<void> {
  if (current === null) return;
  const { customerId, asOf } = current;
  const news = projectRead({ state: current, asOf, current, customerId, cause: event.id, trialEnding: true });
  if (news.action === "apply") await enqueueCallbacks(tx, context, news.callbacks);
}
