import { BillingError, type DisputeEvent, type FraudWarningEvent } from "@tollgate/core";
import { readId } from "../language/read-id.js";
import { changes } from "./normalize-refund.js";
import type { EventHead, StripeEvent } from "./parse-event.js";

const warningType = "radar.early_fraud_warning.created";
const updatedType = "charge.dispute.updated";

/** Stripe's types of events about contested payments that mean something to us; those of the money repeat them. */
export const disputeEventTypes: readonly string[] = [
  "charge.dispute.created",
  updatedType,
  "charge.dispute.closed",
  warningType,
];

/**
 * The dispute or the warning in an event; `null` where only evidence or metadata were noted.
 *
 * @throws BillingError `invalid_event`
 */
export function normalizeDispute(
  head: EventHead,
  { type, data }: StripeEvent,
): DisputeEvent | FraudWarningEvent | null {
  if (!disputeEventTypes.includes(type)) return null;
  if (type === updatedType && !changes(data.previous_attributes, "status")) return null;
  const id = readId(data.object.id);
  if (id === null) throw new BillingError("invalid_event", "The event's dispute or warning has no id.");
  // Neither names the customer: the charge does.
  const about = { ...head, providerCustomerId: null };
  return type === warningType
    ? { ...about, type: "fraud_warning.created", warningId: id }
    : { ...about, type: "dispute.updated", disputeId: id };
}
