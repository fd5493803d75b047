import { describePlans } from "@tollgate/core";
import { plansQuery } from "@tollgate/core/contract";
import { defineHandler } from "../http/define-handler.js";

/** GET /plans: the catalog in the asked currency, for anyone. */
export const getPlans = defineHandler({
  input: plansQuery,
  role: "anyone",
  cacheControl: "public, max-age=60",
  run: async ({ context, input }) => describePlans(context.catalog, input.currency),
});
