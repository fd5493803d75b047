import {
  BillingError,
  type BillingEvent,
  type CheckoutOutcome,
  type CustomerLink,
  decideForeign,
  decideOwnership,
  type EventDecision,
  type EventFacts,
  type EventHead,
  isCustomerId,
  isOverruled,
  type OwnerStamp,
  recordChange,
  recordFacts,
  toldCallbacks,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { applyRead } from "./apply-read.js";
import { creditsJobs, topUpJobs } from "./credits-jobs.js";
import { type EventOutcome, headOf, isSettled } from "./event-head.js";
import { keepUnmatched } from "./keep-event.js";
import { linkPayer } from "./link-payer.js";
import { takeSeatsOut } from "./take-seats-out.js";
import { waitForTurn } from "./wait-for-turn.js";

/** What to write about an event, all of it in one step. */
export interface EventPlan {
  readonly decision: Exclude<EventDecision, { action: "reread" }>;
  readonly retired?: CustomerLink;
  readonly checkout?: CheckoutOutcome;
  /** What the provider said about whose it is, where the event could not. */
  readonly stamp?: OwnerStamp | null | undefined;
  /** Which subscription one that waits is about, where the event did not say: for whoever looks at the inbox. */
  readonly subscriptionId?: string | null;
}

/** Each attempt loses only to one that stored something meanwhile; a burst of them is over in a second or two. */
const tries = 12;

/**
 * Settles an event by what this instance last saved of its subscription, without reading it: what is written is
 * compared with what is stored, and what is too old stays too old. `null`: the facts have to be read.
 */
async function settleFromMemory(
  context: BillingContext,
  event: BillingEvent,
  head: EventHead,
  decide: (facts: EventFacts) => EventDecision,
): Promise<EventOutcome | null> {
  const { store } = context;
  const { subscriptionId, provider } = head;
  const current = subscriptionId === null ? null : store.recallSubscription(subscriptionId, provider);
  if (current === null) return null;
  const { customerId } = current.subscription;
  const facts: EventFacts = { state: null, attempts: 0, current, customerId, ignoredAt: null };
  const decision = decide(facts);
  if (decision.action !== "settle") return null;
  const outcome = await write(context, event, head, facts, { decision });
  return outcome === "overtaken" || outcome === "duplicate" ? null : outcome;
}

/**
 * Reads the facts, has them decided, and writes what follows if the facts are still true; if not, it starts
 * over. No transaction is open while `plan` decides, so it may ask the provider.
 *
 * @param decide decides without asking anybody; given where the facts need not be read if they are remembered
 * @throws BillingError `store_unavailable` when the subscription keeps changing; and what `plan` throws
 */
export async function settleEvent(
  context: BillingContext,
  event: BillingEvent,
  plan: (facts: EventFacts, head: EventHead) => EventPlan | Promise<EventPlan>,
  decide?: (facts: EventFacts) => EventDecision,
): Promise<EventOutcome> {
  const { store } = context;
  const head = headOf(context, event);
  const known = decide === undefined ? null : await settleFromMemory(context, event, head, decide);
  if (known !== null) return known;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const facts = await store.findEventFacts(head);
    if (isSettled(facts.state)) {
      await rereadOverruled(context, head, facts);
      return "duplicate";
    }
    const passed = await passForeign(context, facts, event.stamp);
    if (passed === null && (await linkClaimed(context, event, facts))) continue;
    const outcome = await write(context, event, head, facts, passed ?? (await plan(facts, head)));
    if (outcome !== "overtaken") {
      // If two first events are settled at once, neither is in the other's facts.
      const isFirst = facts.current === null && head.subscriptionId !== null;
      if (isFirst) await rereadOverruled(context, head, await store.findEventFacts(head));
      return outcome;
    }
    await waitForTurn(attempt);
  }
  throw new BillingError("store_unavailable", "The subscription is changing too fast. Try again.");
}

/** Before any request: another app's events cost none. */
async function passForeign(
  context: BillingContext,
  { current, customerId }: EventFacts,
  stamp: OwnerStamp | null | undefined,
): Promise<EventPlan | null> {
  if (current !== null || customerId !== null) return null;
  const decision = decideForeign(stamp, context.owner);
  return decision && { decision };
}

/**
 * Links somebody whom the event itself names: it would wait for them for ever otherwise, because nobody else knows whose
 * customer a checkout made.
 *
 * @returns whether they were linked: then the facts are others
 */
async function linkClaimed(
  context: BillingContext,
  event: BillingEvent,
  facts: EventFacts,
): Promise<boolean> {
  const { providerCustomerId } = event;
  if (facts.customerId !== null || providerCustomerId === null) return false;
  const customerId = claimantOf(context, event, providerCustomerId);
  if (!isCustomerId(customerId)) return false;
  await linkPayer(context, { customerId, provider: event.provider, providerCustomerId });
  return true;
}

function claimantOf(
  { provider, owner }: BillingContext,
  { claimedCustomerId, stamp }: BillingEvent,
  providerCustomerId: string,
): string | null {
  if (provider.customers.kind === "same_as_app") return providerCustomerId;
  return decideOwnership(stamp, owner) === "ours" ? (claimedCustomerId ?? null) : null;
}

async function rereadOverruled(context: BillingContext, head: EventHead, facts: EventFacts): Promise<void> {
  const { provider, subscriptionId } = head;
  if (subscriptionId === null || facts.current === null) return;
  if (!isOverruled(facts, context.provider.events.clock)) return;
  const { customerId } = facts.current.subscription;
  await applyRead(context, { provider, subscriptionId, customerId });
}

async function write(
  context: BillingContext,
  event: BillingEvent,
  head: EventHead,
  facts: EventFacts,
  { decision, stamp, retired, checkout, subscriptionId = head.subscriptionId }: EventPlan,
): Promise<EventOutcome | "overtaken"> {
  if (decision.action === "wait") {
    const passed = await passForeign(context, facts, stamp);
    if (passed !== null) return write(context, event, head, facts, passed);
    return keepUnmatched(context, event, { ...head, subscriptionId }, facts, decision);
  }
  const { state, reason, subscription } = decision;
  const callbacks = toldCallbacks(decision.callbacks);
  const expectedRevision = facts.current?.revision ?? null;
  const { store, clock } = context;
  const at = clock().toISOString();
  const { id, type, provider, occurredAt } = event;
  const cause = { kind: "event", id, type } as const;
  const before = facts.current?.subscription ?? null;
  const { others, seatsDueAt } = takeSeatsOut(decision.jobs, at);
  const jobs = [
    ...others,
    ...creditsJobs(context, before, subscription),
    ...topUpJobs(context, event, { ...head, customerId: facts.customerId }),
  ];
  const save =
    subscription === null
      ? null
      : {
          ...{ subscription, expectedRevision, seatsDueAt },
          history: recordChange({ before, after: subscription, cause, at }),
        };
  // Also what nobody is told any more: the numbers stay.
  const also = recordFacts(decision.callbacks, { provider, cause, occurredAt, at });
  const followed = { retired, checkout, facts: also, callbacks, jobs };
  const outcome = await store.settleEvent({ head, state, reason, save, ...followed });
  return outcome === "settled" ? state : outcome;
}
