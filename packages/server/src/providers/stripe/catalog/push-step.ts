import { BillingError, type CatalogChange, redactText } from "@tollgate/core";
import Stripe from "stripe";
import { stripeErrorOf } from "../client/to-provider-error.js";

/** What a step of a push is about. */
export type PushStep = Omit<CatalogChange, "action" | "detail">;

/** The outcome of a step, and what it made if it got through. */
export interface Stepped<T> {
  readonly change: CatalogChange;
  /** `null`: it failed. */
  readonly made: T | null;
}

/**
 * Takes one step of a push. One that is refused is reported and doesn't hold up the others; the next push tries it
 * again.
 *
 * @throws what no other step would get past either: no connection, an unknown key
 */
export async function takeStep<T>(
  step: PushStep,
  take: () => Promise<{ readonly change: CatalogChange; readonly made: T }>,
): Promise<Stepped<T>> {
  try {
    return await take();
  } catch (error) {
    if (concernsAll(error)) throw error;
    return { change: { ...step, action: "failed", detail: reasonOf(error) }, made: null };
  }
}

function concernsAll(error: unknown): boolean {
  if (!(error instanceof BillingError)) return true;
  if (!["provider_rejected", "provider_unavailable"].includes(error.code)) return true;
  const cause = stripeErrorOf(error);
  return (
    cause instanceof Stripe.errors.StripeConnectionError ||
    cause instanceof Stripe.errors.StripeAuthenticationError
  );
}

/** Stripe's own words: whoever pushes a catalog runs the account, and needs them to fix it. */
function reasonOf(error: unknown): string {
  const said = stripeErrorOf(error)?.message;
  return said ? redactText(said) : error instanceof Error ? error.message : "It failed.";
}
