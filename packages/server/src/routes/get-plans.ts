import {
  type Catalog,
  describeAddOns,
  describePlans,
  describeUsage,
  findPlan,
  hasPrivatePlans,
  type PlansDescription,
} from "@tollgate/core";
import { respond } from "../http/respond.js";
import { defineHandler } from "./define-handler.js";

/**
 * GET /plans: the catalog in the asked currency, for anyone. Where some plans are for some people only, it depends on who
 * asks: then nobody may keep it for the next one.
 */
export const getPlans = defineHandler("GET /plans", async ({ parts, request, input }) => {
  const { catalog } = parts;
  if (!hasPrivatePlans(catalog)) return withAll(catalog, describePlans(catalog, input.currency));
  const identity = await parts.identify(request);
  return respond(withAll(catalog, describePlans(catalog, input.currency, identity?.plans)));
});

/** With what is sold beside the plans: an add-on names the plans that are shown, and is shown with one of them. */
function withAll(catalog: Catalog, described: PlansDescription): PlansDescription {
  const { currency } = described;
  const plans = described.plans.map((one) => {
    const plan = findPlan(catalog, one.id);
    const usage = plan === undefined ? [] : describeUsage(plan, currency);
    return usage.length > 0 ? { ...one, usage } : one;
  });
  if (catalog.addOns === undefined) return { ...described, plans };
  const shown = new Set(plans.map(({ id }) => id));
  const addOns = describeAddOns(catalog, currency)
    .map((addOn) => ({ ...addOn, plans: addOn.plans.filter((id) => shown.has(id)) }))
    .filter((addOn) => addOn.plans.length > 0);
  return { ...described, plans, addOns };
}
