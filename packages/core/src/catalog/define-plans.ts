import type { Catalog, Features, PlanDefinition, ProductDefinition } from "./catalog.js";

/**
 * Types your catalog: feature, plan and product names flow from here to the server and the components,
 * so that a name which does not exist does not compile. It only types its argument; `createBilling`
 * checks the values once, when the server starts.
 *
 * @example
 * export const plans = definePlans({
 *   features: {
 *     export: { type: "switch", name: "CSV export" },
 *     projects: { type: "limit", name: "Projects" },
 *   },
 *   plans: {
 *     free: { name: "Free", includes: { projects: 3 } },
 *     pro: {
 *       name: "Pro",
 *       trialDays: 14,
 *       prices: { month: { usd: 2900 }, year: { usd: 29000 } }, // minor units
 *       includes: { export: true, projects: 50 },
 *     },
 *   },
 * });
 */
export function definePlans<
  const F extends Features,
  const P extends string,
  const R extends string = never,
>(definition: {
  readonly features: F;
  readonly plans: { readonly [K in P]: PlanDefinition<NoInfer<F>> };
  readonly products?: { readonly [K in R]: ProductDefinition };
}): Catalog<F, P, R> {
  const products = definition.products ?? ({} as Record<R, ProductDefinition>);
  return { features: definition.features, plans: definition.plans, products };
}
