export { BillingError } from "@tollgate/core";
export type { Billing } from "./billing.js";
export type { BillingOptions } from "./billing-options.js";
export type { BillingCallbacks } from "./callbacks/billing-callbacks.js";
export type { PushPlansOptions } from "./catalog/push-plans.js";
export {
  type ContentSecurityPolicy,
  widenContentSecurityPolicy,
} from "./content-security/widen-content-security-policy.js";
export { createBilling } from "./create-billing.js";
export type { BillingCustomers } from "./customers/billing-customers.js";
export type { HealthOptions, HealthReport } from "./health/check-health.js";
export type { RequestLike } from "./http/to-request.js";
export type { Identify, Identity } from "./identity.js";
export type { RunJobsOptions } from "./jobs/run-jobs.js";
export type { Logger } from "./logger.js";
export type { IdentifyCustomer, UnknownCustomer } from "./reconcile/identify-customer.js";
export type { ReconcileOptions, ReconcileReport } from "./reconcile/reconcile-options.js";
export type { Span, Telemetry, TelemetryAttributes } from "./telemetry/telemetry.js";
export type { BillingUsage, MeteredFeatureId, UsageReading } from "./usage/billing-usage.js";
export type { UsageReceipt, UsageRecord } from "./usage/record-usage.js";
export type { BillingEvents, ListEventsOptions } from "./webhook/event-inbox.js";
export type { ReplayedEvent } from "./webhook/replay-event.js";
