import { BillingError, type ErrorCode } from "@tollgate/core";
import Stripe from "stripe";
import { describeAddress } from "./describe-address.js";
import type { StripeVariables } from "./stripe-variables.js";

/** 409: another request holds the object or the idempotency key; 429: too many. It may work later. */
const passingStatuses: ReadonlySet<number> = new Set([409, 429]);

/**
 * What Stripe's SDK threw, in our words; the original is the `cause`, or its cause. Other errors stay as they are.
 *
 * The message names the address that failed, for whoever runs the app; a browser is not told it.
 */
export function toProviderError(
  error: unknown,
  settings: {
    readonly secretKey: string;
    readonly apiBase: string | null;
    readonly variables?: StripeVariables;
  },
): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const address = describeAddress(error, settings.apiBase, settings.variables);
  const cause = withoutSecret(error, settings.secretKey);
  const details = error.requestId === undefined ? {} : { details: { requestId: error.requestId } };
  const refuse = (code: ErrorCode, publicMessage: string) =>
    new BillingError(code, address ?? publicMessage, { cause, publicMessage, ...details });
  if (isPassing(error)) {
    return refuse(
      "provider_unavailable",
      "The payment provider is out of reach at the moment. Please try again.",
    );
  }
  if (error instanceof Stripe.errors.StripePermissionError) {
    return new BillingError("provider_forbidden", "The payment provider does not allow this to our key.", {
      cause: toPermissionError(error, cause),
      ...details,
    });
  }
  return refuse("provider_rejected", "The payment provider refused the request.");
}

/** Says in the log what to do; Stripe's text names the permission that a restricted key lacks. */
function toPermissionError({ message }: Stripe.errors.StripeError, cause: Error): Error {
  const permission = /\brak_[a-z_]{1,100}/.exec(message)?.[0];
  const advice =
    permission === undefined
      ? "Stripe refuses this to the secret key."
      : `The restricted key lacks the permission ${permission}: give it to the key in Stripe's dashboard.`;
  return new Error(advice, { cause });
}

/** Stripe's own error behind what was thrown, however often it was wrapped. */
export function stripeErrorOf(error: unknown): Stripe.errors.StripeError | null {
  let one = error;
  while (one instanceof Error && !(one instanceof Stripe.errors.StripeError)) one = one.cause;
  return one instanceof Stripe.errors.StripeError ? one : null;
}

/** Whether a request failed because there is no such object. */
export function isMissing(error: unknown): boolean {
  return refusalCode(error) === "resource_missing";
}

/**
 * Runs a request that is about a customer. Stripe says the same about a deleted one as about one that never existed.
 *
 * @throws BillingError `customer_missing` when it is the customer that does not exist.
 */
export async function aboutCustomer<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!isMissing(error) || !customerParams.has(refusedParam(error) ?? "")) throw error;
    const cause = stripeErrorOf(error);
    throw new BillingError("customer_missing", "The payment provider has this customer no more.", { cause });
  }
}

/** As `POST /v1/checkout/sessions` and as `POST /v1/customers/:id` call it. */
const customerParams: ReadonlySet<string> = new Set(["customer", "id"]);

/** Stripe's code for a refusal: `resource_already_exists`. */
export function refusalCode(error: unknown): string | undefined {
  return stripeErrorOf(error)?.code;
}

/** The parameter that Stripe refused a request for: `email`. */
export function refusedParam(error: unknown): string | undefined {
  const cause = stripeErrorOf(error);
  return cause instanceof Stripe.errors.StripeInvalidRequestError ? cause.param : undefined;
}

function isPassing(error: Stripe.errors.StripeError): boolean {
  const { statusCode } = error;
  if (error instanceof Stripe.errors.StripeConnectionError) return true;
  return statusCode === undefined
    ? error instanceof Stripe.errors.StripeAPIError
    : statusCode >= 500 || passingStatuses.has(statusCode);
}

/** Stripe masks keys in its messages; a proxy or a stand-in at `apiBase` may not. */
function withoutSecret(error: Stripe.errors.StripeError, secretKey: string): Error {
  const seen = `${error.message} ${JSON.stringify(error.raw) ?? ""} ${String(error.detail ?? "")}`;
  if (secretKey === "" || !seen.includes(secretKey)) return error;
  return new Error(`${error.type} ${error.code ?? ""} (its message held the secret key)`);
}
