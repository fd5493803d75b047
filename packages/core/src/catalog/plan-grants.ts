import { findAddOn } from "./add-ons.js";
import type { AddOnDefinition, AddOnIncludes, Catalog, Includes, PlanDefinition } from "./catalog.js";
import { defaultGroup, findPlan, groupOf, isFree } from "./prices.js";

/** What a plan, or each unit of an add-on, grants to those who have it: kept for when the catalog no longer has it. */
export interface PlanGrants {
  /** @default a plan */
  readonly kind?: "add_on";
  /** The id in the catalog, of an add-on too. */
  readonly planId: string;
  readonly name: string;
  readonly group: string;
  readonly includes: Includes;
  /** What each member may use of it. Absent: as much as their customer. */
  readonly perMember?: PlanDefinition["perMember"];
}

/**
 * What each plan that can be subscribed to grants, and each add-on.
 *
 * @example
 * grantsOf(plans).map(({ planId }) => planId); // ["pro"]: nobody subscribes to the free plan
 */
export function grantsOf(catalog: Catalog): readonly PlanGrants[] {
  const paid = Object.entries(catalog.plans).filter(([, plan]) => !isFree(plan));
  const addOns = Object.entries(catalog.addOns ?? {});
  return [
    ...paid.map(([planId, plan]) => ({
      planId,
      name: plan.name,
      group: groupOf(plan),
      includes: plan.includes,
      ...(plan.perMember && { perMember: plan.perMember }),
    })),
    ...addOns.map(([planId, { name, includes }]) => {
      return { kind: "add_on" as const, planId, name, group: defaultGroup, includes };
    }),
  ];
}

/**
 * The catalog with plans and add-ons that it once had, as if they were declared `retired`: those who have one keep it, and nobody
 * else can see or buy it. Every plan for sale counts as an upgrade from it, since its place in the order is not known.
 *
 * @example
 * const pro = { planId: "old", name: "Old", group: "main", includes: { export: true } };
 * findPlan(withDeparted(plans, [pro]), "old")?.retired; // true
 */
export function withDeparted(catalog: Catalog, remembered: readonly PlanGrants[]): Catalog {
  const departed = remembered.filter(({ kind, planId }) => kind === undefined && !findPlan(catalog, planId));
  const lost = remembered.filter(({ kind, planId }) => kind === "add_on" && !findAddOn(catalog, planId));
  if (departed.length + lost.length === 0) return catalog;
  // What an add-on granted was no seats.
  const addOns = lost.map(({ planId, name, includes }): readonly [string, AddOnDefinition] => [
    planId,
    { name, prices: {}, includes: includes as AddOnIncludes, retired: true },
  ]);
  const plans = departed.map(
    ({ planId, name, group, includes, perMember }): readonly [string, PlanDefinition] => [
      planId,
      { name, group, includes, retired: true, ...(perMember && { perMember }) },
    ],
  );
  return {
    ...catalog,
    plans: Object.fromEntries([...plans, ...Object.entries(catalog.plans)]),
    ...(addOns.length > 0 && { addOns: { ...catalog.addOns, ...Object.fromEntries(addOns) } }),
  };
}
