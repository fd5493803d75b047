import { BillingError } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { digest } from "./digest.js";

/** Each attempt is lost only to a failure that the provider stored for another key. */
const tries = 4;

/**
 * Asks the provider under an idempotency key that is the same in every process for the same `purpose` of the same app
 * and database, and no other's: two apps in one account may both have a customer "1". Where the provider only repeats
 * that it failed, which it does for a day, the next attempt has a new key, again the same one everywhere. A request
 * whose answer got lost keeps its key, so that what was done is found again. Costs no query until an answer is
 * repeated.
 *
 * @throws what the provider's call throws; for `answer_repeated`, the refusal behind it
 */
export async function underKey<T>(
  context: Pick<BillingContext, "owner" | "store">,
  purpose: readonly string[],
  ask: (idempotencyKey: string) => Promise<T>,
): Promise<T> {
  const { app, database } = context.owner;
  const base = await digest([app, database, ...purpose]);
  let attempt = 0;
  let repeated: BillingError | undefined;
  for (let time = 0; time < tries; time += 1) {
    try {
      return await ask(attempt === 0 ? base : `${base}:${attempt}`);
    } catch (error) {
      if (!(error instanceof BillingError) || error.code !== "answer_repeated") throw error;
      repeated = error;
      attempt = await context.store.advanceAttempt(base, attempt);
    }
  }
  throw repeated?.cause instanceof BillingError ? repeated.cause : repeated;
}
