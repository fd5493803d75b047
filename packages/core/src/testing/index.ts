export {
  buildCallback,
  buildCareItem,
  buildCatalog,
  buildCheckout,
  buildEventHead,
  buildEventRecord,
  buildProviderSubscription,
  buildSettlement,
  buildSubscription,
  buildSubscriptionEvent,
  type ExampleCatalog,
} from "./builders.js";
export {
  describeProviderConformance,
  type ProviderConformanceOptions,
} from "./describe-provider-conformance.js";
export { describeStoreConformance, type StoreConformanceOptions } from "./describe-store-conformance.js";
export type {
  ProviderDriver,
  ProviderSetup,
  ProviderTrait,
  SignedDelivery,
} from "./provider-conformance/driver.js";
export { putSubscription } from "./put-subscription.js";
