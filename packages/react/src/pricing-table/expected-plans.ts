import { type Catalog, type Currency, type PlansDescription, sketchPlans } from "@tollgate/core";

/** What a table may expect to show: a catalog like the one that will come, or as many plans and features. */
export type ExpectedPlans = Catalog | { readonly plans: number; readonly features: number };

/** What fills the table's own boxes, unseen, until the plans arrive. A catalog with the same words makes it exact. */
export function describeExpected(
  expects: ExpectedPlans = { plans: 3, features: 5 },
  group = "main",
  currency: Currency = "usd",
): PlansDescription {
  const { plans, features } = expects;
  const isCounted = typeof plans === "number" && typeof features === "number";
  return sketchPlans(isCounted ? blank(plans, features, group, currency) : (expects as Catalog), currency);
}

function blank(plans: number, features: number, group: string, currency: Currency): Catalog {
  const plan = {
    name: "Starter",
    description: "For your first product",
    group,
    prices: { month: { [currency]: 2900 }, year: { [currency]: 29000 } },
    includes: times(features, true),
  };
  const feature = { type: "switch", name: "Custom domains" } as const;
  return { features: times(features, feature), plans: times(plans, plan), products: {} };
}

function times<T>(count: number, value: T): Readonly<Record<string, T>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [index, value]));
}
