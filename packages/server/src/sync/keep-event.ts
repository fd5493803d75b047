import {
  BillingError,
  type BillingEvent,
  decideRetry,
  type EventDecision,
  type EventFacts,
  type EventHead,
  type Job,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { describeError } from "../log/logger.js";
import { type EventOutcome, headOf } from "./event-head.js";

/** After this long, what was received and neither settled nor failed counts as cut off by a crash. */
export const cutOffMs = 120_000;

/** Keeps an event before something slow, so that a crash in the middle of it leaves it to be taken up again. */
export async function keepReceived(
  context: BillingContext,
  event: BillingEvent,
  head: EventHead,
  facts: EventFacts,
): Promise<void> {
  // What was already kept is taken up again anyway.
  if (facts.state !== null) return;
  const { store } = context;
  const nextAttemptAt = new Date(context.clock().getTime() + cutOffMs).toISOString();
  const attempts = facts.attempts + 1;
  await store.keepEvent(head, { state: "received", reason: null, event, attempts, nextAttemptAt });
}

/**
 * Keeps an event until its customer is known, unless they have become known meanwhile, and has the app asked whose they
 * are. A link that is being made waits for this, or this for the link: it never misses an event that is kept as
 * unmatched.
 */
export async function keepUnmatched(
  context: BillingContext,
  event: BillingEvent,
  head: EventHead,
  { attempts, state }: EventFacts,
  { providerCustomerId, reason }: Extract<EventDecision, { action: "wait" }>,
): Promise<EventOutcome | "overtaken"> {
  const { store } = context;
  const { provider } = head;
  // Each event asks once; for one that arrives again the question was already asked.
  const jobs: Job[] =
    state === "unmatched" ? [] : [{ type: "identify_customer", provider, providerCustomerId }];
  const outcome = await store.keepUnmatched({
    head: { ...head, providerCustomerId },
    event: { ...event, providerCustomerId },
    ...{ reason, attempts, jobs },
  });
  if (outcome === "duplicate") return outcome;
  return outcome === "linked" ? "overtaken" : "unmatched";
}

/**
 * Keeps an event that could not be dealt with, to be retried later. Where even this fails, there is still the
 * provider's own retry.
 */
export async function keepFailed(
  context: BillingContext,
  event: BillingEvent,
  failure: unknown,
): Promise<void> {
  try {
    const { store } = context;
    const record = await store.findEvent(event.id, event.provider);
    // An attempt that was kept before it began is already counted.
    const attempts = (record?.attempts ?? 0) + (record?.state === "received" ? 0 : 1);
    const retryAt = decideRetry({ attempts, now: context.clock(), chance: Math.random() });
    // Only the provider can send it again in another shape.
    const nextAttemptAt = event.type === "unreadable" ? null : retryAt;
    const reason = reasonOf(failure);
    await store.keepEvent(headOf(context, event), {
      state: "failed",
      reason,
      event,
      attempts,
      nextAttemptAt,
    });
  } catch (error) {
    const fields = { eventId: event.id, type: event.type, error: describeError(error) };
    context.logger.error(
      fields,
      "An event could not be dealt with, nor kept; the provider will send it again",
    );
  }
}

/** Only our own text: a message of the database or the provider may contain anything. */
function reasonOf(failure: unknown): string {
  if (failure instanceof BillingError) return `${failure.code}: ${failure.message}`;
  return "internal: something went wrong inside; the log tells what";
}
