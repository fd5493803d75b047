import type { AddOnDefinition, Catalog, Features, PlanDefinition, ProductDefinition } from "./catalog.js";
import type { CreditDefinition } from "./credits-definition.js";

/**
 * Types your catalog: feature, plan, product, add-on and credit names flow from here to the server and the components,
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
  const A extends string = never,
  const K extends string = never,
>(definition: {
  readonly features: F;
  readonly plans: { readonly [X in P]: PlanDefinition<NoInfer<F>, NoInfer<K>> };
  readonly products?: { readonly [X in R]: ProductDefinition<NoInfer<K>> };
  readonly addOns?: { readonly [K in A]: AddOnDefinition<NoInfer<F>, NoInfer<P>> };
  readonly credits?: { readonly [X in K]: CreditDefinition };
}): Catalog<F, P, R, A, K> {
  const { features, plans, products = {} as Record<R, ProductDefinition<K>>, addOns, credits } = definition;
  return { features, plans, products, ...(addOns && { addOns }), ...(credits && { credits }) };
}
