import { BillingError } from "@tollgate/core";
import Stripe from "stripe";
import { stripeErrorOf } from "./to-provider-error.js";

/**
 * Runs a request under an idempotency key of ours. For a day, Stripe repeats its answer to that key once execution has
 * begun, even a 402 or a 500, and says so in a header (https://docs.stripe.com/error-low-level#idempotency). It refuses
 * a key that comes with different parameters, for example after a release of ours that sends different ones.
 *
 * @throws BillingError `answer_repeated` where only another key can help; the refusal is its cause
 */
export async function underOwnKey<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!isUsedUp(stripeErrorOf(error))) throw error;
    const message = "The payment provider only repeats that it failed before.";
    throw new BillingError("answer_repeated", message, { cause: error });
  }
}

/** This many failures in one day, one after the other, are no accident. */
const mostAttempts = 20;

/** The same where nobody counts attempts, as in a push: goes from key to key until one gets a fresh answer. */
export async function underNextKey<T>(
  key: string,
  request: (idempotencyKey: string) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await underOwnKey(request(attempt === 0 ? key : `${key}:${attempt}`));
    } catch (error) {
      if (!(error instanceof BillingError) || error.code !== "answer_repeated") throw error;
      if (attempt === mostAttempts) throw error.cause;
    }
  }
}

function isUsedUp(error: Stripe.errors.StripeError | null): boolean {
  if (error === null) return false;
  // The error for a key in use at this very moment has the same type, but that key will soon have an answer.
  if (error instanceof Stripe.errors.StripeIdempotencyError) return error.statusCode === 400;
  return error.headers?.["idempotent-replayed"] === "true";
}
