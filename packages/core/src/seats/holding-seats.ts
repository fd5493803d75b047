import type { Catalog } from "../catalog/catalog.js";
import { holderOf } from "../language/holder-of.js";
import type { Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { paidSeats } from "./paid-seats.js";
import { soldSeats } from "./sold-seats.js";

/** What bills seats. */
export interface HeldSeats {
  readonly provider: string;
  readonly subscriptionId: string;
  readonly planId: string;
  /** How many are billed. */
  readonly quantity: number;
  /** How many may be used for that; `null`: no limit. */
  readonly paid: number | null;
  /** How many are billed from the next period on; `null`: as many. */
  readonly next: { readonly quantity: number; readonly at: IsoTime } | null;
}

/**
 * What bills the seats of a group; `null`: nothing does.
 *
 * @example
 * function seatsOf(subscriptions: readonly Subscription[]): number {
 *   return holdingSeats(plans, subscriptions, "main")?.quantity ?? 0;
 * }
 */
export function holdingSeats(
  catalog: Catalog,
  subscriptions: readonly Subscription[],
  group: string,
): HeldSeats | null {
  const held = holderOf(subscriptions, group);
  if (held === null) return null;
  const { subscription, line } = held;
  if (soldSeats(catalog, { ...line, currency: subscription.currency }) === null) return null;
  const pending = subscription.group === group ? subscription.pendingChange : null;
  const isSeats = pending !== null && pending.planId === line.planId && pending.quantity !== line.quantity;
  const paid = paidSeats(line);
  return {
    provider: subscription.provider,
    subscriptionId: subscription.id,
    planId: line.planId,
    quantity: line.quantity,
    paid: paid === Number.POSITIVE_INFINITY ? null : paid,
    next: isSeats ? { quantity: pending.quantity, at: pending.at } : null,
  };
}
