import { BillingError } from "@tollgate/core";
import Stripe from "stripe";
import { stripeErrorOf } from "./to-provider-error.js";

/**
 * Runs a request under an idempotency key of ours. For a day, Stripe repeats for it what it answered once
 * execution began, a 402 or a 500 too, and says so in a header
 * (https://docs.stripe.com/error-low-level#idempotency). It refuses a key that comes with other parameters, as
 * after a release of ours that sends others.
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

/** So many failures in one day, one after the other, are no accident. */
const mostAttempts = 20;

/** The same where nobody counts attempts, as in a push: goes from key to key until one has an answer of its own. */
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
  // A key that is in use this very moment has the same type, and an answer soon.
  if (error instanceof Stripe.errors.StripeIdempotencyError) return error.statusCode === 400;
  return error.headers?.["idempotent-replayed"] === "true";
}
