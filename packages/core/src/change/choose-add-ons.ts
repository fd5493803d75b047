import { findAddOn, findAddOnPrice, fitsPlan, isIncludedIn, maximumOf } from "../catalog/add-ons.js";
import type { Catalog } from "../catalog/catalog.js";
import { checkQuantity } from "../catalog/check-quantity.js";
import { type PaidPlan, refusalOfAddOn, sellAddOn } from "../catalog/sell-add-on.js";
import { type AddOnLine, addOnLinesOf, countAddOns, isSameCount } from "../language/add-on-lines.js";
import { BillingError } from "../language/errors.js";
import { costOf } from "../language/price-rate.js";
import type { AddOnQuantities, Subscription, SubscriptionItem } from "../language/subscription.js";
import type { AddOnChange, AddOnTarget } from "./change.js";
import { spreadAddOn } from "./spread-add-on.js";

/** What becomes of the add-ons of a subscription. */
export interface ChosenAddOns {
  readonly targets: readonly AddOnTarget[];
  readonly changes: readonly AddOnChange[];
  /** How many there are of each afterwards. */
  readonly counts: AddOnQuantities;
  /** What they all cost per interval, in minor units; `null` where nobody knows. */
  readonly total: number | null;
}

interface Input {
  readonly catalog: Catalog;
  readonly subscription: Subscription;
  /** The plan's line that changes. */
  readonly item: SubscriptionItem;
  readonly to: PaidPlan;
}

/**
 * What becomes of the add-ons when a plan's line does. They are billed with their plan: to another interval they move where
 * they are sold by it; a plan that includes one takes it off; and one that can't go along refuses the change, so that none
 * is billed on beside another plan or dropped unseen. Whoever stays keeps the price that they have.
 *
 * @param wanted in place of all that are held; `undefined`: those stay
 * @throws BillingError `unknown_add_on` (its details name the `reason`), `invalid_quantity`
 */
export function chooseAddOns(input: Input, wanted: AddOnQuantities | undefined): ChosenAddOns {
  const { catalog, subscription, item } = input;
  const lines = addOnLinesOf(subscription);
  // They belong to the subscription's own plan, not to one that was added to it.
  if (item.group !== subscription.group) return leaveAll(lines, wanted);
  const ids = new Set(lines.map(({ addOnId }) => addOnId));
  for (const [addOnId, quantity] of Object.entries(wanted ?? {})) if (quantity !== 0) ids.add(addOnId);
  const order = Object.keys(catalog.addOns ?? {});
  const chosen = [...ids]
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((addOnId) => {
      const named = wanted === undefined ? null : Object.hasOwn(wanted, addOnId) ? (wanted[addOnId] ?? 0) : 0;
      return chooseOne(input, { addOnId, held: lines.filter((one) => one.addOnId === addOnId), named });
    });
  const changes = chosen.map(({ change }) => change);
  return {
    targets: chosen.flatMap(({ targets }) => targets),
    changes,
    counts: countAddOns(changes.map(({ addOnId, to: quantity }) => ({ addOnId, quantity }))),
    total: sumOf(chosen.map(({ total }) => total)),
  };
}

/** What the add-ons cost that are held, per interval, in minor units; `null` where nobody knows. */
export function costOfAddOns(lines: readonly AddOnLine[]): number | null {
  return sumOf(lines.map(({ unitAmount: amount, rate, quantity }) => costOf({ amount, rate }, quantity)));
}

interface One {
  readonly addOnId: string;
  readonly held: readonly AddOnLine[];
  /** How many were asked for; `null`: nobody said. */
  readonly named: number | null;
}

function chooseOne(input: Input, { addOnId, held, named }: One) {
  const { catalog, item, to } = input;
  const addOn = findAddOn(catalog, addOnId);
  const from = held.reduce((sum, { quantity }) => sum + quantity, 0);
  const isLost = named === null && addOn !== undefined && item.planId !== to.planId;
  const isIncluded = isLost && isIncludedIn(catalog, addOn, to.planId);
  const quantity = isIncluded ? 0 : (named ?? from);
  if (quantity !== 0) checkOne(input, addOnId, from, quantity);
  const moves = item.interval !== to.interval;
  const targets = spreadAddOn({ addOnId, held, quantity, interval: moves ? to.interval : null });
  const isMoved =
    quantity > 0 && from > 0 && targets.some((one) => one.itemId !== null && one.priceId === null);
  const change: AddOnChange = {
    addOnId,
    becomes: isIncluded ? "included" : isMoved ? "moved" : outcomeOf(from, quantity),
    from,
    to: quantity,
  };
  const today = addOn && findAddOnPrice(addOnId, addOn, to)?.amount;
  const costs = targets.map((one) => {
    const kept = one.priceId === null ? undefined : held.find(({ id }) => id === one.itemId);
    return costOf({ amount: kept ? kept.unitAmount : (today ?? null), rate: kept?.rate }, one.quantity);
  });
  return { targets, change, total: quantity === 0 ? 0 : sumOf(costs) };
}

function outcomeOf(from: number, to: number): AddOnChange["becomes"] {
  if (from === to) return "stays";
  if (to === 0) return "removed";
  return from === 0 ? "added" : "changed";
}

function checkOne({ catalog, item, to }: Input, addOnId: string, from: number, quantity: number): void {
  if (from === 0) {
    sellAddOn(catalog, { addOnId, quantity }, to);
    return;
  }
  const addOn = findAddOn(catalog, addOnId);
  if (item.planId !== to.planId) {
    if (addOn !== undefined && isIncludedIn(catalog, addOn, to.planId))
      throw staysBehind(addOnId, "included");
    if (addOn === undefined || !fitsPlan(addOn, to.planId)) throw staysBehind(addOnId, "plan", addOn?.name);
  }
  if (item.interval !== to.interval) {
    const refusal =
      addOn === undefined ? "unknown" : addOn.retired ? "retired" : refusalOfAddOn(addOnId, addOn, to);
    // Whoever has it on a plan that it is no longer sold with keeps it there.
    if (refusal !== null && refusal !== "plan") throw staysBehind(addOnId, refusal, addOn?.name);
  }
  // Whoever has more than are sold may keep or lower them.
  if (quantity > from) {
    if (addOn === undefined) throw staysBehind(addOnId, "unknown");
    checkQuantity(quantity, 1, maximumOf(addOn));
  }
}

function staysBehind(addOnId: string, reason: string, name = addOnId): BillingError {
  const message = `The add-on ${name} does not go along with this change. Take it off first, or with the change.`;
  return new BillingError("unknown_add_on", message, { details: { addOnId, reason } });
}

/** Another group's plan changes, and nothing about add-ons does. */
function leaveAll(lines: readonly AddOnLine[], wanted: AddOnQuantities | undefined): ChosenAddOns {
  const counts = countAddOns(lines);
  const asked = Object.entries(wanted ?? counts).map(([addOnId, quantity]) => ({ addOnId, quantity }));
  if (!isSameCount(countAddOns(asked), counts)) {
    const [addOnId = ""] = Object.keys({ ...wanted, ...counts });
    const message = "Add-ons belong to the subscription's first plan: change them with that one.";
    throw new BillingError("unknown_add_on", message, { details: { addOnId, reason: "plan" } });
  }
  return {
    targets: lines.map(({ addOnId, id: itemId, quantity, priceId }) => ({
      addOnId,
      itemId,
      quantity,
      priceId,
    })),
    changes: Object.entries(counts).map(([addOnId, count]) => ({
      addOnId,
      becomes: "stays",
      from: count,
      to: count,
    })),
    counts,
    total: 0,
  };
}

function sumOf(amounts: readonly (number | null)[]): number | null {
  let sum: number | null = 0;
  for (const amount of amounts) sum = sum === null || amount === null ? null : sum + amount;
  return sum;
}
