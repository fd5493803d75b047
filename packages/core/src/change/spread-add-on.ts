import type { AddOnLine } from "../language/add-on-lines.js";
import type { Interval } from "../language/interval.js";
import type { AddOnTarget } from "./change.js";

/**
 * How many of an add-on each of its lines bills: what is added joins the first, what goes is taken off the last ones first.
 * A line keeps its price, old or not, unless its plan's interval changes: then all of them become one at today's price, or
 * join one that has this interval already.
 *
 * @param interval the plan's new one; `null`: it stays
 */
export function spreadAddOn(input: {
  readonly addOnId: string;
  readonly held: readonly AddOnLine[];
  readonly quantity: number;
  readonly interval: Interval | null;
}): readonly AddOnTarget[] {
  const { addOnId, held, quantity, interval } = input;
  const staying = interval === null ? held : held.filter((line) => line.interval === interval);
  const kept = staying.length > 0 ? staying : held.slice(0, 1);
  const [first] = kept;
  if (first === undefined) return [{ addOnId, itemId: null, quantity, priceId: null }];
  const counts = new Map(kept.map(({ id, quantity: count }) => [id, count]));
  let left = quantity - kept.reduce((sum, one) => sum + one.quantity, 0);
  if (left > 0) counts.set(first.id, first.quantity + left);
  for (const { id, quantity: count } of kept.toReversed()) {
    const taken = Math.min(count, Math.max(0, -left));
    counts.set(id, (counts.get(id) ?? count) - taken);
    left += taken;
  }
  return held.map(({ id: itemId, priceId }) => ({
    addOnId,
    itemId,
    quantity: counts.get(itemId) ?? 0,
    priceId: staying.length > 0 || !counts.has(itemId) ? priceId : null,
  }));
}
