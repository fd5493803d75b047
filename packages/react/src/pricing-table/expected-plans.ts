import {
  type Catalog,
  type Currency,
  describePlans,
  type Interval,
  type PlanDescription,
  type PlansDescription,
} from "@tollgate/core";

/** What a table may expect to show: a catalog like the one that will come, or as many plans and features. */
export type ExpectedPlans = Catalog | { readonly plans: number; readonly features: number };

/** What stands, unseen, in the table's own boxes until the plans arrive. A catalog with the same words makes it exact. */
export function describeExpected(
  expects: ExpectedPlans,
  group: string,
  currency: Currency | undefined,
): PlansDescription {
  if (typeof expects.plans !== "number") return describePlans(expects as Catalog, currency);
  const features = Array.from({ length: Number(expects.features) }, (_, index) => ({
    id: `${index}`,
    name: "Custom domains",
    description: null,
    type: "switch" as const,
  }));
  const plan = (index: number): PlanDescription => ({
    id: `${index}`,
    name: "Starter",
    description: "For your first product",
    group,
    featured: false,
    trialDays: 0,
    kind: "paid",
    contactUrl: null,
    prices: [price("month", 2900), price("year", 29000)],
    includes: Object.fromEntries(features.map(({ id }) => [id, true])),
  });
  return {
    currency: currency ?? "usd",
    currencies: [currency ?? "usd"],
    features,
    plans: Array.from({ length: expects.plans }, (_, index) => plan(index)),
    products: [],
  };
}

function price(interval: Interval, amount: number) {
  return { interval, amount, model: "flat", minimumQuantity: 1, maximumQuantity: 1 } as const;
}
