import { createBillingKit } from "@tollgate/react";
import type { plans } from "./plans";

/** The components, narrowed to our plans: a feature or plan that does not exist does not compile. */
export const { BillingProvider, BillingPortalButton, BuyButton, PricingTable, UpgradeGate, useAccess } =
  createBillingKit<typeof plans>();
