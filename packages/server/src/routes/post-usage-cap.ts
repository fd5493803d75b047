import { BillingError } from "@tollgate/core";
import { setUsageCap } from "../usage/set-usage-cap.js";
import { defineHandler } from "./define-handler.js";

/** POST /usage/cap: the customer's own cap on what goes beyond what is included. */
export const postUsageCap = defineHandler("POST /usage/cap", async ({ open, identity, input, parts }) => {
  const { feature, cap } = input;
  const known = Object.hasOwn(parts.catalog.features, feature) ? parts.catalog.features[feature] : undefined;
  if (known?.type !== "metered")
    throw new BillingError("invalid_body", "`feature` must be one that is metered.", {
      details: { feature },
    });
  return setUsageCap(open, { customerId: identity.id, feature, cap, by: "customer" });
});
