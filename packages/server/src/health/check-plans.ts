import { findPlan } from "@tollgate/core";
import { describeCount } from "../catalog/known-plans.js";
import type { HealthCheck } from "./health-check.js";

/** Plans that people are on and that the catalog has no more. */
export const checkPlans: HealthCheck = async ({ context }) => {
  const store = await context.openStore();
  const missing = await store.countSubscribers(Object.keys(context.catalog.plans));
  if (missing.length === 0) return [];
  const known = context.knownPlans.now();
  return missing.map((one) => {
    const kept =
      findPlan(known, one.planId) === undefined
        ? "nothing tells what it granted, so they have the free plan"
        : "they keep what it granted last";
    return `The catalog no longer has the plan ${describeCount(one)}: ${kept}. Declare it retired.`;
  });
};
