import { BillingError } from "@tollgate/core";

/** What every snapshot event has, whichever version wrote it. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly api_version: string | null;
  readonly data: { readonly object: StripeObject };
}

/** What every neutral event takes from Stripe's. */
export interface EventHead {
  readonly id: string;
  readonly provider: "stripe";
  readonly occurredAt: string;
}

/** An object whose shape is known by the event's type only, and only in our API version. */
export type StripeObject = Readonly<Record<string, unknown>>;

/**
 * The event in a body whose signature was verified; `null` for a thin event, which carries no object.
 *
 * @throws BillingError `invalid_event`.
 */
export function parseEvent(body: Uint8Array): StripeEvent | null {
  const value = parseJson(body);
  if (isObject(value) && value.object === "v2.core.event") return null;
  if (!isEvent(value)) throw new BillingError("invalid_event", "The body is not a Stripe event.");
  return value;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new BillingError("invalid_event", "The body is not JSON.", { cause });
  }
}

function isEvent(value: unknown): value is StripeObject & StripeEvent {
  return (
    isObject(value) &&
    value.object === "event" &&
    typeof value.id === "string" &&
    typeof value.type === "string" &&
    Number.isSafeInteger(value.created) &&
    isObject(value.data) &&
    isObject(value.data.object)
  );
}

function isObject(value: unknown): value is StripeObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
