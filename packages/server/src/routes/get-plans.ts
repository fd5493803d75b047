import { describeForSale, hasPrivatePlans } from "@tollgate/core";
import { respond } from "../http/respond.js";
import { defineHandler } from "./define-handler.js";

/**
 * GET /plans: the catalog in the asked currency, for anyone. Where some plans are for some people only, it depends on who
 * asks: then nobody may keep it for the next one.
 */
export const getPlans = defineHandler("GET /plans", async ({ parts, request, input }) => {
  const { catalog } = parts;
  if (!hasPrivatePlans(catalog)) return describeForSale(catalog, input.currency);
  const identity = await parts.identify(request);
  return respond(describeForSale(catalog, input.currency, identity?.plans));
});
