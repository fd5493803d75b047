import type { Catalog } from "../catalog/catalog.js";
import { findPlan } from "../catalog/prices.js";
import { usageRatesOf } from "../catalog/usage-prices.js";
import type { Money } from "../language/money.js";
import { costOf, type Priced } from "../language/price-rate.js";
import type { UsageCap, UsageCapFact } from "../language/usage-cap.js";
import { mostUnitsFor } from "../usage/most-units-for.js";
import type { StandingLine } from "./current-lines.js";
import type { FeatureCap } from "./feature-cap.js";

/** The use that a cap is looked for. */
interface CappedUse {
  readonly catalog: Catalog;
  readonly caps: readonly UsageCapFact[];
  /** The plan that lets the use go beyond. */
  readonly planId: string;
  readonly bought: StandingLine | null;
  readonly featureId: string;
  /** How many are included. */
  readonly granted: number;
  readonly used: number;
}

/**
 * What the use of a feature costs with a subscription, all of it: what the customer pays or, where their price does not say
 * it, what the plan costs by the catalog. `null`: it is not billed.
 */
export function usagePriceIn(
  catalog: Catalog,
  bought: StandingLine | null,
  featureId: string,
): Priced | null {
  const item = bought?.subscription.items.find(({ usageOf }) => usageOf === featureId);
  if (!bought || item === undefined) return null;
  if (item.unitAmount !== null || item.rate !== undefined)
    return { amount: item.unitAmount, rate: item.rate };
  const plan = findPlan(catalog, bought.line.planId);
  const { currency } = bought.subscription;
  const sold =
    plan && usageRatesOf(plan).find((one) => one.feature === featureId && one.currency === currency);
  return { amount: null, rate: sold?.rate };
}

/** The cap that is in force: of the customer's own, and that of the app or the plan, the one that is reached first. */
export function capOf(use: CappedUse): FeatureCap | undefined {
  const { catalog, caps, planId, bought, featureId, granted, used } = use;
  const set = (owner: string) => caps.find(({ feature, setBy }) => feature === featureId && setBy === owner);
  const byPlan = findPlan(catalog, planId)?.caps ?? {};
  const plans = Object.hasOwn(byPlan, featureId) ? byPlan[featureId] : undefined;
  const [app, own] = [set("app"), set("customer")];
  const candidates = [
    app === undefined ? { setBy: "plan" as const, cap: plans } : { setBy: "app" as const, cap: app.cap },
    { setBy: "customer" as const, cap: own?.cap },
  ];
  const price = usagePriceIn(catalog, bought, featureId);
  const currency = bought?.subscription.currency;
  let lowest: FeatureCap | undefined;
  for (const { setBy, cap } of candidates) {
    if (!cap) continue;
    const limit = Math.max(granted, mostWithin(cap, granted, price, currency));
    if (limit >= (lowest?.limit ?? Number.POSITIVE_INFINITY)) continue;
    const cost = price && costOf(price, used);
    const billed = currency === undefined || cost === null ? null : { amount: Math.round(cost), currency };
    const raisedBy = setBy === "customer" ? "manager" : "app";
    lowest = {
      limit,
      setBy,
      raisedBy,
      count: cap.count ?? null,
      money: moneyOf(cap, currency),
      spent: billed,
    };
  }
  return lowest;
}

function mostWithin(
  { count, amounts }: UsageCap,
  granted: number,
  price: Priced | null,
  currency: string | undefined,
): number {
  const byCount = count === undefined ? Number.POSITIVE_INFINITY : granted + count;
  if (amounts === undefined || price === null || currency === undefined) return byCount;
  return Math.min(
    byCount,
    mostUnitsFor(price, Object.hasOwn(amounts, currency) ? (amounts[currency] ?? 0) : 0),
  );
}

/** In the currency that is billed, or, where it names none of it, the first one. */
function moneyOf({ amounts = {} }: UsageCap, billed: string | undefined): Money | null {
  const currency = billed !== undefined && Object.hasOwn(amounts, billed) ? billed : Object.keys(amounts)[0];
  return currency === undefined ? null : { amount: amounts[currency] ?? 0, currency };
}
