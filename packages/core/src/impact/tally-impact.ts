import { decideAccess } from "../access/decide-access.js";
import { currentUsage, type UsageCount } from "../access/decide-usage.js";
import type { Catalog } from "../catalog/catalog.js";
import { freePlanId } from "../catalog/prices.js";
import type { Currency } from "../language/money.js";
import type { Subscription } from "../language/subscription.js";
import { compareFeatures, type FeatureChange } from "./compare-features.js";
import { compareIntros } from "./compare-intros.js";
import { compareBills } from "./compare-prices.js";
import type { MonthlyRevenue, OverLimit, PlanFeatureChange, PlansImpact } from "./plans-impact.js";
import { sayImpact } from "./say-impact.js";

/** What is known of one customer. */
export interface ImpactedCustomer {
  readonly customerId: string;
  readonly subscriptions: readonly Subscription[];
  readonly counts: readonly UsageCount[];
}

const mostOverLimit = 1_000;

/**
 * Adds up what another catalog would mean for each customer: access is decided twice, by the rules that every check
 * follows, and compared.
 *
 * @param catalogs.after The other catalog, with what those keep who are on a plan that it no longer has.
 * @example
 * function impactOn(customers: readonly ImpactedCustomer[], after: Catalog): PlansImpact {
 *   const tally = tallyImpact({ before: plans, after }, { graceDays: 7, now: new Date() });
 *   for (const customer of customers) tally.add(customer);
 *   return tally.report();
 * }
 */
export function tallyImpact(
  catalogs: { readonly before: Catalog; readonly after: Catalog },
  { graceDays, now }: { readonly graceDays: number; readonly now: Date },
) {
  const { before, after } = catalogs;
  const features = new Map<string, PlanFeatureChange & { readonly customers: number }>();
  const revenue = new Map<Currency, { now: number; atNewPrices: number; customers: number }>();
  const over: OverLimit[] = [];
  let customers = 0;

  function decide(catalog: Catalog, { customerId: id, subscriptions, counts }: ImpactedCustomer) {
    const customer = { id, canManage: true, hasBillingAccount: true };
    const usage = currentUsage({ catalog, customer, subscriptions, counts, graceDays, now });
    return decideAccess({ catalog, customer, subscriptions, usage, graceDays, now });
  }

  function addChange(planId: string, change: FeatureChange): void {
    const key = JSON.stringify([planId, change]);
    const known = features.get(key)?.customers ?? 0;
    features.set(key, { ...change, planId, customers: known + 1 });
  }

  function add(one: ImpactedCustomer): void {
    customers += 1;
    const [old, next] = [decide(before, one), decide(after, one)];
    const planId = old.planId ?? next.planId ?? "";
    for (const change of compareFeatures(old, next)) addChange(planId, change);
    for (const [feature, { used, limit, overage, type }] of Object.entries(next.features)) {
      const wasOver = used > (old.features[feature]?.limit ?? Number.POSITIVE_INFINITY);
      if (type !== "metered" || limit === null || overage !== undefined || used <= limit || wasOver) continue;
      over.push({ customerId: one.customerId, feature, used, limit });
    }
    const paysElse = new Set<Currency>();
    for (const bill of compareBills(after, one.subscriptions)) {
      const sum = revenue.get(bill.currency) ?? { now: 0, atNewPrices: 0, customers: 0 };
      sum.now += bill.now;
      sum.atNewPrices += bill.atNewPrices;
      if (bill.now !== bill.atNewPrices) paysElse.add(bill.currency);
      revenue.set(bill.currency, sum);
    }
    for (const currency of paysElse) {
      const sum = revenue.get(currency);
      if (sum !== undefined) sum.customers += 1;
    }
  }

  /** Those on the free plan are not known here: what becomes of it is, but not for how many. */
  function freeChanges(): readonly PlanFeatureChange[] {
    const planId = freePlanId(before) ?? freePlanId(after);
    if (planId === null) return [];
    const nobody = { customerId: "", subscriptions: [], counts: [] };
    const changes = compareFeatures(decide(before, nobody), decide(after, nobody));
    return changes.map((change) => ({ ...change, planId, customers: null }));
  }

  function report(): PlansImpact {
    const changed = [...freeChanges(), ...features.values()];
    const lowered = changed.filter(({ change, feature }) => change === "lowered" && isCountedByApp(feature));
    const impact = {
      customers,
      features: changed,
      overLimit: over.toSorted(byExcess).slice(0, mostOverLimit),
      overLimitCount: over.length,
      intros: compareIntros(before, after),
      uncounted: [...new Set(lowered.map(({ feature }) => feature))],
      revenue: [...revenue].map(([currency, sum]): MonthlyRevenue => {
        return { currency, ...sum, now: Math.round(sum.now), atNewPrices: Math.round(sum.atNewPrices) };
      }),
    };
    return { ...impact, summary: sayImpact(impact, after) };
  }

  const isCountedByApp = (feature: string) => after.features[feature]?.type === "limit";
  return { add, report };
}

function byExcess(one: OverLimit, other: OverLimit): number {
  return other.used - other.limit - (one.used - one.limit) || (one.customerId < other.customerId ? -1 : 1);
}
