import { type EventRecord, maximumAttempts } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { describeError } from "../log/logger.js";
import { applyEvent } from "../sync/apply-event.js";
import { cutOffMs } from "../sync/keep-event.js";

/** What one round of retries did. */
export interface RetryReport {
  readonly settled: number;
  /** Failed again, or were abandoned. */
  readonly failed: number;
}

/**
 * Takes up the events that failed, were cut off, or waited for a customer who is known now, in the provider's order.
 * One that fails again does not hold up the rest; it comes up again later by itself.
 *
 * @param options.limit how many at most
 */
export async function retryEvents(
  context: BillingContext,
  { limit }: { readonly limit: number },
): Promise<RetryReport> {
  const { store } = context;
  const now = context.clock();
  const until = new Date(now.getTime() + cutOffMs).toISOString();
  const due = await store.takeDueEvents({ now: now.toISOString(), until, limit });
  let settled = 0;
  for (const record of due) if (await retry(context, record)) settled += 1;
  return { settled, failed: due.length - settled };
}

async function retry(context: BillingContext, record: EventRecord): Promise<boolean> {
  const { event, attempts, id, type } = record;
  if (event === null) return false;
  if (attempts > maximumAttempts) {
    const { store } = context;
    // Only an event whose every attempt was cut off gets here: an attempt that failed would have given it up.
    const reason = `given up: cut off in each of ${maximumAttempts} tries`;
    const kept = { state: "failed", reason, event, attempts, nextAttemptAt: null } as const;
    await store.keepEvent(record, kept);
    return false;
  }
  try {
    const outcome = await applyEvent(context, event);
    context.logger.info({ eventId: id, type, state: outcome, attempts }, "Event dealt with at a later try");
    return true;
  } catch (error) {
    const fields = { eventId: id, type, attempts, error: describeError(error) };
    context.logger.error(fields, "An event failed again");
    return false;
  }
}
