import { describePlans } from "@tollgate/core";
import { defineHandler } from "../http/define-handler.js";

/** GET /plans: the catalog in the asked currency, for anyone. */
export const getPlans = defineHandler("GET /plans", async ({ context, input }) =>
  describePlans(context.catalog, input.currency),
);
