export { BillingError } from "@tollgate/core";
export type { BillingOptions } from "./billing-options.js";
export { type Billing, createBilling } from "./create-billing.js";
export type { Identify, Identity } from "./identity.js";
export type { Logger } from "./logger.js";
