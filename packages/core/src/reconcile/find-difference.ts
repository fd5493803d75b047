import type { Subscription } from "../language/subscription.js";
import { hasEnded } from "../language/subscription-predicates.js";
import type { FoundSubscription } from "../ports/provider-subscriptions.js";
import { compareForeign, compareSubscription } from "./compare-subscription.js";
import type { FieldDifference } from "./difference.js";

/** A subscription as it is stored and as the provider has it. */
export interface ComparedSubscription {
  readonly stored: Subscription | null;
  /** The record as an earlier release wrote it; absent when none did. */
  readonly written?: object | undefined;
  /** `null`: the provider has none of this id. */
  readonly actual: FoundSubscription | null;
  /** Whom the provider's customer is linked to. */
  readonly ownerId: string | null;
}

/** How the two differ, before anything is said about why. */
export interface FoundDifference {
  readonly kind:
    | "changed"
    /** The provider has it, and it is not stored. */
    | "absent"
    | "unknown_price"
    | "orphaned_customer"
    | "missing_at_provider"
    | "other_owner"
    | "ended_in_store"
    | "unknown_state";
  readonly fields: readonly FieldDifference[];
}

/**
 * Compares what is stored of a subscription with the provider's truth; `null` where they agree, and for what is not
 * ours: another product of the same account.
 *
 * @example
 * findDifference({ stored: null, actual: null, ownerId: null }); // null
 */
export function findDifference(compared: ComparedSubscription): FoundDifference | null {
  const { stored, actual, ownerId, written } = compared;
  if (actual === null) {
    return stored === null || hasEnded(stored) ? null : { kind: "missing_at_provider", fields: [] };
  }
  if (stored === null) return findUnstored(actual, ownerId);
  if (ownerId !== null && ownerId !== stored.customerId) return toOtherOwner(stored, ownerId);
  if (actual.state === "unreadable") return hasEnded(stored) ? null : { kind: "unknown_state", fields: [] };
  if (hasEnded(stored) && actual.endedAt === null) {
    const fields = [{ field: "status", stored: stored.status, actual: statusOf(actual) }];
    return { kind: "ended_in_store", fields };
  }
  if (actual.state === "foreign") {
    const fields = compareForeign(stored, actual.endedAt);
    const kind = actual.endedAt === null ? "unknown_price" : "changed";
    return fields.length === 0 ? null : { kind, fields };
  }
  const fields = compareSubscription(stored, actual.state, written);
  return fields.length === 0 ? null : { kind: "changed", fields };
}

function findUnstored(actual: FoundSubscription, ownerId: string | null): FoundDifference | null {
  const { state, endedAt } = actual;
  const running = endedAt === null;
  if (state === "unreadable") return ownerId === null ? null : { kind: "unknown_state", fields: [] };
  // For a customer of ours it may be a plan at a price made by hand; for anybody else it is another product.
  if (state === "foreign") return running && ownerId !== null ? { kind: "unknown_price", fields: [] } : null;
  return { kind: ownerId === null ? "orphaned_customer" : "absent", fields: [] };
}

function toOtherOwner(stored: Subscription, ownerId: string): FoundDifference {
  const fields = [{ field: "customerId", stored: stored.customerId, actual: ownerId }];
  return { kind: "other_owner", fields };
}

function statusOf({ state }: FoundSubscription): string | null {
  return typeof state === "string" ? null : state.status;
}
