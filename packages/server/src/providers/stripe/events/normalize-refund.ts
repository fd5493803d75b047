import { BillingError, type RefundEvent } from "@tollgate/core";
import { readId } from "../language/read-id.js";
import type { EventHead, StripeEvent } from "./parse-event.js";

/** Stripe's types of refund events that mean something to us; those of a charge repeat them. */
export const refundEventTypes: readonly string[] = ["refund.created", "refund.updated", "refund.failed"];

/**
 * The refund in a `refund.*` event; `null` where only its bank's reference or its metadata changed, maybe weeks later.
 *
 * @throws BillingError `invalid_event`
 */
export function normalizeRefund(head: EventHead, { type, data }: StripeEvent): RefundEvent | null {
  const { object } = data;
  if (!refundEventTypes.includes(type)) return null;
  if (type === "refund.updated" && !changes(data.previous_attributes, "status")) return null;
  const refundId = readId(object.id);
  if (refundId === null) throw new BillingError("invalid_event", "The event's refund has no id.");
  return { ...head, type: "refund.updated", refundId, providerCustomerId: readId(object.customer) };
}

/** Whether an update changed this field. */
export function changes(before: unknown, field: string): boolean {
  return typeof before === "object" && before !== null && Object.hasOwn(before, field);
}
