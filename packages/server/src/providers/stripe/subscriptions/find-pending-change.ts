import { type AddOnQuantities, countAddOns, isSameCount, type PendingChange } from "@tollgate/core";
import type Stripe from "stripe";
import { addOnOfPrice, type PriceMarks, type PricePlan, planOfPrice } from "../language/names.js";
import { toIsoTime } from "../language/to-iso-time.js";

type Terms = PricePlan & { readonly quantity: number };

/**
 * What a subscription's schedule (expanded, with the prices of its phases) will change its plan to next; `null` when
 * the next phase changes nothing that we show. Of several plans it is the one in the plan's own group.
 */
export function findPendingChange(
  subscription: Stripe.Subscription,
  present: Terms,
  marks: PriceMarks,
): PendingChange | null {
  const { schedule, items } = subscription;
  if (schedule === null || typeof schedule === "string" || schedule.current_phase === null) return null;
  const { end_date: presentEnd } = schedule.current_phase;
  const next = schedule.phases.find((phase) => phase.start_date >= presentEnd);
  if (next === undefined) return null;
  const later = next.items.flatMap((item) => toTerms(item, marks));
  const held = new Set(items.data.flatMap(({ price }) => planOfPrice(price, marks)?.group ?? []));
  const found =
    later.find(({ group }) => group === present.group) ?? later.find(({ group }) => !held.has(group));
  if (found === undefined) return null;
  const [addOns, before] = [addOnsIn(next.items, marks), addOnsIn(items.data, marks)];
  if (isSame(found, present) && isSameCount(addOns, before)) return null;
  const { planId, interval, quantity } = found;
  const has = Object.keys({ ...addOns, ...before }).length > 0;
  return { planId, interval, quantity, ...(has && { addOns }), at: toIsoTime(next.start_date) };
}

/** How many there are of each add-on; of one with an old and a new price, of both together. */
function addOnsIn(
  items: readonly Pick<Stripe.SubscriptionSchedule.Phase.Item, "price" | "quantity">[],
  marks: PriceMarks,
): AddOnQuantities {
  const lines = items.flatMap(({ price, quantity = 1 }) => {
    const addOn = typeof price === "string" || "deleted" in price ? null : addOnOfPrice(price, marks);
    return addOn === null ? [] : [{ ...addOn, quantity }];
  });
  return countAddOns(lines);
}

function toTerms(
  { price, quantity = 1 }: Stripe.SubscriptionSchedule.Phase.Item,
  marks: PriceMarks,
): readonly Terms[] {
  const plan = typeof price === "string" || "deleted" in price ? null : planOfPrice(price, marks);
  return plan === null ? [] : [{ ...plan, quantity }];
}

function isSame(next: Terms, present: Terms): boolean {
  return (
    next.planId === present.planId && next.interval === present.interval && next.quantity === present.quantity
  );
}
