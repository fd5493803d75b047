import { decideOwnership, type Owner, type OwnerStamp, type Ownership } from "../language/ownership.js";
import { type EventDecision, eventReasons } from "./event-decision.js";

const reasons: Partial<Record<Ownership, keyof typeof eventReasons>> = {
  other_app: "otherApp",
  other_database: "otherDatabase",
};

/**
 * Passes over what belongs to another app or another database of the account, because every endpoint of an account
 * hears everything. Only for events of customers and subscriptions that are not stored: stored ones are ours. `null`:
 * it may be ours.
 *
 * @example
 * const stamp = { customerId: "org_1", app: "shop", database: "7f0c" };
 * decideForeign(stamp, { app: "default", database: "7f0c" })?.reason; // "belongs to another app of the account"
 */
export function decideForeign(
  stamp: OwnerStamp | null | undefined,
  owner: Owner,
): Extract<EventDecision, { action: "settle" }> | null {
  const reason = reasons[decideOwnership(stamp, owner)];
  if (reason === undefined) return null;
  return {
    action: "settle",
    state: "ignored",
    reason: eventReasons[reason],
    subscription: null,
    callbacks: [],
    jobs: [],
  };
}
