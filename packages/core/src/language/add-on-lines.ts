import type { AddOnQuantities, Subscription, SubscriptionItem } from "./subscription.js";

/** A line of a subscription that bills an add-on. */
export interface AddOnLine extends SubscriptionItem {
  readonly addOnId: string;
}

/**
 * Every line of a subscription that bills an add-on, in the provider's order. One add-on may have several: at an old
 * price, and at the one that was added to it in the dashboard.
 *
 * @example
 * function storageOf(subscription: Subscription): number {
 *   return addOnLinesOf(subscription).filter(({ addOnId }) => addOnId === "storage").length;
 * }
 */
export function addOnLinesOf({ items }: Pick<Subscription, "items">): readonly AddOnLine[] {
  return items.filter((item): item is AddOnLine => item.addOnId !== undefined);
}

/**
 * How many there are of each add-on in all.
 *
 * @example
 * function hasStorage(subscription: Subscription): boolean {
 *   return countAddOns(addOnLinesOf(subscription)).storage !== undefined;
 * }
 */
export function countAddOns(
  lines: readonly { readonly addOnId: string; readonly quantity: number }[],
): AddOnQuantities {
  const counts = new Map<string, number>();
  for (const { addOnId, quantity } of lines) {
    if (quantity > 0) counts.set(addOnId, (counts.get(addOnId) ?? 0) + quantity);
  }
  return Object.fromEntries(counts);
}

/**
 * Whether both have as many of each.
 *
 * @example
 * isSameCount({ storage: 2 }, { storage: 1 }); // false
 */
export function isSameCount(one: AddOnQuantities, other: AddOnQuantities): boolean {
  return Object.keys({ ...one, ...other }).every((id) => one[id] === other[id]);
}
