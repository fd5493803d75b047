import { unknownPlanId } from "../events/project-event.js";
import type { ProviderSubscription, Subscription } from "../language/subscription.js";
import { hasEnded } from "../language/subscription-predicates.js";
import type { FieldDifference } from "./difference.js";

/** Left out: what makes it the same one cannot differ. */
const identity: ReadonlySet<string> = /* @__PURE__ */ new Set(["id", "provider"]);

/**
 * The fields in which a stored subscription differs from what the provider says. What has ended on both sides does not
 * differ: an end is final, whatever is written into it afterwards. Nor does a field that only one of them has: the
 * other was written by an earlier release, or this one by a later release.
 *
 * @param written The record as an earlier release wrote it, where one did. @default stored
 *
 * @example
 * function isTrue(stored: Subscription, actual: ProviderSubscription): boolean {
 *   return compareSubscription(stored, actual).length === 0;
 * }
 */
export function compareSubscription(
  stored: Subscription,
  actual: ProviderSubscription,
  written: object = stored,
): readonly FieldDifference[] {
  if (hasEnded(stored) && hasEnded(actual)) return [];
  const known: { readonly [field: string]: unknown } = { ...written };
  const differing = Object.keys(actual).flatMap((name) => {
    if (identity.has(name)) return [];
    const field = name as keyof ProviderSubscription;
    // An earlier record knows only the first plan: among what it did not know, a second plan is worth reporting.
    const hasOtherPlans = field === "items" && plansOf(stored) !== plansOf(actual);
    return !hasOtherPlans && isSame(known[field], actual[field])
      ? []
      : [{ field, stored: stored[field], actual: actual[field] }];
  });
  const { discounts, discountIds } = actual;
  // Of all fields this one is left out where there is nothing in it.
  const isOver = stored.discounts !== undefined && discounts === undefined && discountIds === undefined;
  return isOver ? [...differing, { field: "discounts", stored: stored.discounts, actual: [] }] : differing;
}

function plansOf({ items }: ProviderSubscription): string {
  return items.flatMap(({ planId, group }) => (group === null ? [] : [`${group}/${planId}`])).join();
}

/** The same for one whose lines have all left the catalog: all it still says is whether it ended. */
export function compareForeign(stored: Subscription, endedAt: string | null): readonly FieldDifference[] {
  if (hasEnded(stored)) return [];
  if (endedAt !== null) {
    return [
      { field: "status", stored: stored.status, actual: "ended" },
      { field: "endedAt", stored: stored.endedAt, actual: endedAt },
    ];
  }
  if (stored.planId === unknownPlanId) return [];
  return [{ field: "planId", stored: stored.planId, actual: unknownPlanId }];
}

/** Records cross JSON, which keeps no order of keys; a key that one side does not have means nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined || Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => isSame(value, other[index]));
  }
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) return false;
  const theirs = new Map(Object.entries(other));
  return Object.entries(one).every(([key, value]) => isSame(value, theirs.get(key)));
}
