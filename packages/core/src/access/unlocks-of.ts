import { findAddOnPrice, maximumOf } from "../catalog/add-ons.js";
import type { Catalog, PlanDefinition } from "../catalog/catalog.js";
import { nearestQuantity } from "../catalog/nearest-quantity.js";
import { pricesOf } from "../catalog/prices.js";
import { reasonNotSold } from "../catalog/sell-add-on.js";
import { costOf } from "../language/price-rate.js";
import type { AccessUnlock, UnlockPrice } from "./access-unlock.js";
import type { StandingLine } from "./current-lines.js";
import { extraOf } from "./extra-of.js";
import type { Holding } from "./holding.js";
import { amountIn, betterPlans, grantOf, mostOf } from "./upgrade-for.js";

/** Everything for sale that grants more of a feature than somebody has, with what it costs them: plans, then add-ons. */
export function unlocksOf(catalog: Catalog, holding: Holding, featureId: string): readonly AccessUnlock[] {
  const open = [...holding.open.keys()];
  const extraOn = (planId: string | null) => extraOf(catalog, holding.addOns, featureId, planId);
  // Whoever has paid pays in that currency from then on, even when what they had has ended.
  const payer = holding.main ?? holding.current[0];
  const plans = betterPlans(catalog, open, featureId, extraOn).flatMap(([planId, plan]): AccessUnlock[] => {
    const price = priceOf(planId, plan, payer);
    const grants = grantOf(catalog, planId, featureId) + extraOn(planId);
    if (price === null && plan.contactUrl === undefined) return [];
    return [{ kind: "plan", planId, limit: limitOf(grants), price }];
  });
  const granted = mostOf(catalog, open, featureId) + extraOn(null);
  return granted === Number.POSITIVE_INFINITY
    ? plans
    : [...plans, ...addOnsFor(catalog, holding, featureId, granted)];
}

function priceOf(planId: string, plan: PlanDefinition, payer: StandingLine | undefined): UnlockPrice | null {
  const currency = payer?.subscription.currency;
  const sold = pricesOf(planId, plan).filter((one) => currency === undefined || one.currency === currency);
  const first = sold.find(({ interval }) => interval === payer?.line.interval) ?? sold[0];
  if (first === undefined) return null;
  const quantity = nearestQuantity(first, payer?.line.quantity ?? 1);
  const alike = sold.filter(({ interval }) => interval === first.interval);
  const amounts = alike.map((one) => [one.currency, costOf(one, quantity)] as const);
  return { interval: first.interval, quantity, amounts: Object.fromEntries(amounts) };
}

function addOnsFor(
  catalog: Catalog,
  { main, addOns }: Holding,
  featureId: string,
  granted: number,
): readonly AccessUnlock[] {
  if (!main?.standing.grants) return [];
  const { planId, interval } = main.line;
  const paid = { planId, interval, currency: main.subscription.currency };
  return Object.entries(catalog.addOns ?? {}).flatMap(([addOnId, addOn]): AccessUnlock[] => {
    const each = amountIn(addOn.includes, featureId);
    const held = addOns.find((one) => one.addOnId === addOnId)?.quantity ?? 0;
    const price = findAddOnPrice(addOnId, addOn, paid);
    if (each === 0 || price === undefined || held >= maximumOf(addOn)) return [];
    if (reasonNotSold(catalog, addOnId, addOn, paid) !== null) return [];
    const amounts = { [price.currency]: price.amount };
    return [
      { kind: "add_on", addOnId, limit: limitOf(granted + each), price: { interval, quantity: 1, amounts } },
    ];
  });
}

function limitOf(grants: number): number | null {
  return grants === Number.POSITIVE_INFINITY ? null : grants;
}
