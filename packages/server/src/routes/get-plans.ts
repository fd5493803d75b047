import {
  type Catalog,
  describeAddOns,
  describePlans,
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
  if (!hasPrivatePlans(catalog)) return addAddOns(catalog, describePlans(catalog, input.currency));
  const identity = await parts.identify(request);
  return respond(addAddOns(catalog, describePlans(catalog, input.currency, identity?.plans)));
});

/** An add-on names the plans that are shown, and is shown with one of them. */
function addAddOns(catalog: Catalog, described: PlansDescription): PlansDescription {
  if (catalog.addOns === undefined) return described;
  const shown = new Set(described.plans.map(({ id }) => id));
  const addOns = describeAddOns(catalog, described.currency)
    .map((addOn) => ({ ...addOn, plans: addOn.plans.filter((id) => shown.has(id)) }))
    .filter(({ plans }) => plans.length > 0);
  return { ...described, addOns };
}
