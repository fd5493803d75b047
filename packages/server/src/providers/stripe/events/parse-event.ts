import { BillingError } from "@tollgate/core";

/** What every snapshot event has, whichever version wrote it. */
export interface StripeEvent {
  readonly object: "event";
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly api_version: string | null;
  readonly livemode?: unknown;
  readonly account?: unknown;
  readonly context?: unknown;
  readonly data: {
    readonly object: StripeObject;
    /** What an update changed, as it was before. */
    readonly previous_attributes?: unknown;
  };
}

/** An event that says what it is about, without the object itself. */
export interface ThinEvent {
  readonly object: "v2.core.event";
  readonly id: string;
  readonly type: string;
  readonly created?: unknown;
  readonly livemode?: unknown;
  readonly context?: unknown;
  readonly related_object?: unknown;
}

/** What every neutral event takes from Stripe's. */
export interface EventHead {
  readonly id: string;
  readonly provider: string;
  readonly occurredAt: string;
}

/** An object whose shape is known only from the event's type, and only in our API version. */
export type StripeObject = Readonly<Record<string, unknown>>;

/**
 * The event in a body whose signature was verified.
 *
 * @throws BillingError `invalid_event`.
 */
export function parseEvent(body: Uint8Array): StripeEvent | ThinEvent {
  const value = parseJson(body);
  if (!isEvent(value) && !isThinEvent(value))
    throw new BillingError("invalid_event", "The body is not a Stripe event.");
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

function isThinEvent(value: unknown): value is StripeObject & ThinEvent {
  return (
    isObject(value) &&
    value.object === "v2.core.event" &&
    typeof value.id === "string" &&
    typeof value.type === "string"
  );
}

function isObject(value: unknown): value is StripeObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
