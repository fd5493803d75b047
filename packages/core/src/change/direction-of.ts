import { isSameCount } from "../language/add-on-lines.js";
import { compareIntervals, type Interval } from "../language/interval.js";
import type { AddOnQuantities } from "../language/subscription.js";
import type { ChangeDirection } from "./change-policy.js";

/** One side of a change, with what decides which way it goes. */
export interface ChangeSide {
  readonly planId: string;
  readonly interval: Interval;
  readonly quantity: number;
  /** How many of each add-on. @default none */
  readonly addOns?: AddOnQuantities;
  /** For all seats and add-ons together and one interval, in minor units; `null` where nobody knows. */
  readonly total: number | null;
  /** The plan's place in the catalog, from the cheapest; -1 for one that left it. */
  readonly place: number;
}

/**
 * Which way a change goes; `null`: nothing changes. Plan, interval, quantity and add-ons count together. Where an
 * amount is not known, the catalog's order of plans decides.
 *
 * @example
 * const held = { planId: "pro", interval: "month", quantity: 1, total: 2900, place: 2 } as const;
 * directionOf(held, { ...held, interval: "year", total: 29_000 }); // "longer_interval"
 */
export function directionOf(from: ChangeSide, to: ChangeSide): ChangeDirection | null {
  const longer = compareIntervals(to.interval, from.interval);
  if (longer < 0) return "shorter_interval";
  const sign = differenceOf(from, to);
  // A year of something small may cost less than a month of something big.
  if (longer > 0) return sign < 0 ? "downgrade" : "longer_interval";
  const [before, after] = [from.addOns ?? {}, to.addOns ?? {}];
  if (from.planId === to.planId && isSameCount(before, after)) {
    if (from.quantity === to.quantity) return null;
    return to.quantity > from.quantity ? "more_seats" : "fewer_seats";
  }
  if (sign !== 0) return sign > 0 ? "upgrade" : "downgrade";
  const isPlan = from.planId !== to.planId || from.quantity !== to.quantity;
  return isPlan ? "crossgrade" : directionOfCounts(before, after);
}

/** What costs nothing, or nobody knows how much: more is more, and some of either is neither. */
function directionOfCounts(before: AddOnQuantities, after: AddOnQuantities): ChangeDirection {
  const ids = Object.keys({ ...before, ...after });
  const grows = ids.some((id) => (after[id] ?? 0) > (before[id] ?? 0));
  const shrinks = ids.some((id) => (after[id] ?? 0) < (before[id] ?? 0));
  if (grows && shrinks) return "crossgrade";
  return grows ? "upgrade" : "downgrade";
}

function differenceOf(from: ChangeSide, to: ChangeSide): number {
  if (from.total === null || to.total === null) return to.place - from.place;
  return to.total - from.total;
}
