import { StripeError, type StripeErrorBody } from "../../engine/world/stripe-error.js";
import type { LogEntry } from "../../requests/create-request-log.js";

/** What every answer carries besides its body. */
export type Envelope = {
  requestId: string;
  now: Date;
  apiVersion: string;
  idempotencyKey: string | null;
  /** Where the answer is noted. */
  entry?: LogEntry;
};

const headersOf = (envelope: Envelope): Headers => {
  const headers = new Headers({
    "content-type": "application/json",
    // Clients order reads against `event.created`, so both must come from one clock.
    date: envelope.now.toUTCString(),
    "request-id": envelope.requestId,
    "stripe-version": envelope.apiVersion,
    "cache-control": "no-cache, no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
  });
  if (envelope.idempotencyKey) headers.set("idempotency-key", envelope.idempotencyKey);
  return headers;
};

/** A JSON answer in Stripe's envelope; `original` is the id of the request whose answer is repeated. */
export const respond = (
  envelope: Envelope,
  answer: { status: number; body: string; original?: string },
): Response => {
  const headers = headersOf(envelope);
  if (answer.original !== undefined) {
    headers.set("idempotent-replayed", "true");
    headers.set("original-request", answer.original);
  }
  envelope.entry?.answered(answer);
  if (answer.status === 429) headers.set("stripe-rate-limited-reason", "global-rate");
  return new Response(answer.body, { status: answer.status, headers });
};

/** The status and body of whatever was thrown: a refusal as it is, anything else as Stripe's 500. */
export const toFailure = (thrown: unknown, requestId: string): { status: number; body: string } => {
  const known = thrown instanceof StripeError;
  const error: StripeErrorBody = known
    ? thrown.body
    : {
        type: "api_error",
        message: `The sandbox failed: ${thrown instanceof Error ? thrown.message : "unknown"}`,
      };
  const body = {
    error: { ...error, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` },
  };
  return { status: known ? thrown.status : 500, body: JSON.stringify(body, null, 2) };
};

/** The answer to the preflight of a page whose origin may ask. */
export const preflight = (methods: readonly string[]): Response =>
  new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers":
        "Authorization, Content-Type, Idempotency-Key, Stripe-Account, Stripe-Version",
      "access-control-max-age": "300",
    },
  });
