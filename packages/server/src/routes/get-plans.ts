import { describePlans } from "@tollgate/core";
import { defineHandler } from "./define-handler.js";

/** GET /plans: the catalog in the asked currency, for anyone. */
export const getPlans = defineHandler("GET /plans", async ({ parts, input }) =>
  describePlans(parts.catalog, input.currency),
);
