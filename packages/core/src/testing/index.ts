export { buildCatalog, type ExampleCatalog } from "./building/build-catalog.js";
export { buildHistoryEntry, buildPaymentEntry } from "./building/build-history.js";
export {
  buildCareItem,
  buildProviderSubscription,
  buildSubscription,
} from "./building/build-subscription.js";
export {
  buildBrokenJob,
  buildCallback,
  buildCheckout,
  buildEventHead,
  buildEventRecord,
  buildSettlement,
  buildSubscriptionEvent,
} from "./building/builders.js";
export { putCallbacks } from "./building/put-callbacks.js";
export { putSubscription } from "./building/put-subscription.js";
export {
  describeProviderConformance,
  type ProviderConformanceOptions,
} from "./provider-conformance/describe-provider-conformance.js";
export type {
  ProviderDriver,
  ProviderSetup,
  SignedDelivery,
} from "./provider-conformance/driver.js";
export {
  describeStoreConformance,
  type StoreConformanceOptions,
} from "./store-conformance/describe-store-conformance.js";
