import {
  BillingError,
  type BillingEvent,
  type EventDecision,
  type EventFacts,
  type EventHead,
  type StoreTransaction,
} from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { type EventOutcome, headOf, isSettled } from "./event-head.js";
import { keepUnmatched } from "./keep-event.js";
import { waitForTurn } from "./wait-for-turn.js";
import { wantedCallbacks } from "./wanted-callbacks.js";

/** What to write about an event; `within` is written in the same transaction, the rest in one statement. */
export interface EventPlan {
  readonly decision: Exclude<EventDecision, { action: "reread" }>;
  readonly within?: (tx: StoreTransaction) => Promise<void>;
}

/** Each try loses only to one that stored something meanwhile; a burst of them is over in a second or two. */
const tries = 12;

/**
 * Reads the facts, has them decided, and writes what follows if the facts are still true; if not, it starts
 * over. No transaction is open while `plan` decides, so it may ask the provider.
 *
 * @throws BillingError `store_unavailable` when the subscription keeps changing; and what `plan` throws
 */
export async function settleEvent(
  context: BillingContext,
  event: BillingEvent,
  plan: (facts: EventFacts, head: EventHead) => EventPlan | Promise<EventPlan>,
): Promise<EventOutcome> {
  const store = await context.openStore();
  const head = headOf(context, event);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const facts = await store.findEventFacts(head);
    if (isSettled(facts.state)) return "duplicate";
    const outcome = await write(context, event, head, facts, await plan(facts, head));
    if (outcome !== "overtaken") return outcome;
    await waitForTurn(attempt);
  }
  throw new BillingError("store_unavailable", "The subscription is changing too fast. Try again.");
}

async function write(
  context: BillingContext,
  event: BillingEvent,
  head: EventHead,
  facts: EventFacts,
  { decision, within }: EventPlan,
): Promise<EventOutcome | "overtaken"> {
  if (decision.action === "wait") return keepUnmatched(context, event, head, facts, decision);
  const { state, reason, subscription, jobs } = decision;
  const expectedRevision = facts.current?.revision ?? null;
  const save = subscription === null ? null : { subscription, expectedRevision };
  const callbacks = wantedCallbacks(context, decision.callbacks);
  const store = await context.openStore();
  const outcome = await store.settleEvent({ head, state, reason, save, callbacks, jobs }, within);
  return outcome === "settled" ? state : outcome;
}
