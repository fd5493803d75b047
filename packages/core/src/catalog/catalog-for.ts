import type { Catalog, PlanDefinition } from "./catalog.js";

const seen = /* @__PURE__ */ new WeakMap<Catalog, Map<string, Catalog>>();

/**
 * The catalog as one person may use it: of plans that are `private`, those that are not named for them are as if they
 * were retired, so that whoever has one keeps it and nobody else sees or buys it.
 *
 * @param named The ids of the private plans that they may have.
 * @example
 * catalogFor(plans, []) === plans; // true: nothing in it is private
 */
export function catalogFor<C extends Catalog>(catalog: C, named: readonly string[]): C {
  const plans = Object.entries(catalog.plans);
  const hidden = plans.filter(([id, plan]) => isPrivate(plan) && !named.includes(id));
  if (hidden.length === 0) return catalog;
  // Offers are worked out once for each catalog: whoever is named for the same plans shares one.
  const key = JSON.stringify(hidden.map(([id]) => id));
  const known = seen.get(catalog) ?? new Map<string, Catalog>();
  seen.set(catalog, known);
  const made = known.get(key) ?? {
    ...catalog,
    plans: Object.fromEntries(
      plans.map(([id, plan]): readonly [string, PlanDefinition] => [
        id,
        isPrivate(plan) && !named.includes(id) ? { ...plan, retired: true } : plan,
      ]),
    ),
  };
  known.set(key, made);
  return made as C;
}

/**
 * Whether any plan is for some customers only, so that what is shown depends on who asks.
 *
 * @example
 * hasPrivatePlans(plans); // false
 */
export function hasPrivatePlans(catalog: Catalog): boolean {
  return Object.values(catalog.plans).some(isPrivate);
}

/** Whether a plan is, for whoever asks, as if it did not exist: it is private, and not named for them. */
export function isHidden(plan: PlanDefinition): boolean {
  return isPrivate(plan) && plan.retired === true;
}

export function isPrivate(plan: PlanDefinition): boolean {
  return plan.private === true;
}
