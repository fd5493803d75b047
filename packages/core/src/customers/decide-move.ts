import { BillingError } from "../language/errors.js";
import type { Move } from "../language/move.js";
import { planLinesOf } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";
import { hasEnded, isLive, keepsItsGroup } from "../language/subscription-predicates.js";

/** What is stored of the two. */
interface MoveFacts extends Move {
  /** All of theirs. */
  readonly ofFrom: readonly Subscription[];
  readonly ofTo: readonly Subscription[];
}

/**
 * What moves with a subscription: everything of the provider's customer who is billed for it. A subscription can't leave
 * its customer at a provider, and card, credit and invoices are the customer's; so that customer becomes somebody else's,
 * with what they subscribed to before, a used trial included.
 *
 * @returns what moves, the subscription among it; `null`: it has moved already
 * @throws BillingError `nothing_to_manage` for one that is not theirs, `subscription_ended`, `subscription_incomplete`;
 * `already_subscribed` when the other has one of that plan group; `too_many_subscriptions` when something else runs at the
 * same customer, which would move too, or at the customer whom the other has there
 * @example
 * function moves(move: Move, all: readonly Subscription[]): boolean {
 *   return decideMove({ ...move, ofFrom: all, ofTo: [] }) !== null;
 * }
 */
export function decideMove({
  subscriptionId,
  from,
  to,
  ofFrom,
  ofTo,
}: MoveFacts): readonly Subscription[] | null {
  if (from !== to && ofTo.some(({ id }) => id === subscriptionId)) return null;
  const meant = ofFrom.find(({ id }) => id === subscriptionId);
  if (meant === undefined)
    throw new BillingError("nothing_to_manage", "This customer has no such subscription.");
  if (from === to) return null;
  refuseIdle(meant);
  const groups = new Set(planLinesOf(meant).map(({ group }) => group));
  const held = ofTo.filter(keepsItsGroup).flatMap((one) => planLinesOf(one));
  if (held.some(({ group }) => groups.has(group))) {
    throw new BillingError("already_subscribed", "They have a subscription of this kind already.");
  }
  const moved = ofFrom.filter((one) => isBilledWith(one, meant));
  const others = moved.filter((one) => one !== meant && isLive(one));
  const inTheWay = ofTo.filter((one) => one.provider === meant.provider && isLive(one));
  if (others.length + inTheWay.length === 0) return moved;
  throw new BillingError(
    "too_many_subscriptions",
    "Something else is billed with it, or to them. End it first.",
    {
      details: { subscriptions: [...others, ...inTheWay].map(({ id }) => id) },
    },
  );
}

function refuseIdle(meant: Subscription): void {
  if (hasEnded(meant)) throw new BillingError("subscription_ended", "The subscription has ended.");
  if (meant.status !== "incomplete") return;
  throw new BillingError("subscription_incomplete", "Its first payment has not come.");
}

function isBilledWith(one: Subscription, meant: Subscription): boolean {
  return one.provider === meant.provider && one.providerCustomerId === meant.providerCustomerId;
}
