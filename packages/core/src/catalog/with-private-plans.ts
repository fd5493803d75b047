import { BillingError } from "../language/errors.js";
import type { AddOnId, Catalog, CreditId, PlanDefinition } from "./catalog.js";

/**
 * The catalog with plans that the browser's catalog must not name: an offer that is nobody else's business. Call it in a
 * file that only the server loads, and give `createBilling` what it returns. All of them are `private`: the people for
 * whom `identify` names one get it with GET /plans, and nobody else hears of it.
 *
 * @throws BillingError `invalid_catalog` where the catalog has a plan or a product of that id already
 * @example
 * // billing/server.ts
 * export const allPlans = withPrivatePlans(plans, {
 *   acme: { name: "Acme", prices: { year: { usd: 1_200_000 } }, includes: { export: true } },
 * });
 */
export function withPrivatePlans<C extends Catalog, const P extends string>(
  catalog: C,
  plans: { readonly [K in P]: Omit<PlanDefinition<NoInfer<C["features"]>, CreditId<NoInfer<C>>>, "private"> },
): Catalog<
  C["features"],
  P | (keyof C["plans"] & string),
  keyof C["products"] & string,
  AddOnId<C>,
  CreditId<C>
> {
  const added = Object.entries<Omit<PlanDefinition, "private">>(plans);
  const taken = added.find(([id]) => Object.hasOwn(catalog.plans, id) || Object.hasOwn(catalog.products, id));
  if (taken !== undefined) {
    const path = `plans.${taken[0]}`;
    throw new BillingError("invalid_catalog", `In the catalog, ${path} is there already.`, {
      details: { path },
    });
  }
  const hidden = added.map(([id, plan]) => [id, { ...plan, private: true }] as const);
  return { ...catalog, plans: { ...catalog.plans, ...Object.fromEntries(hidden) } } as Catalog<
    C["features"],
    P | (keyof C["plans"] & string),
    keyof C["products"] & string,
    AddOnId<C>,
    CreditId<C>
  >;
}
