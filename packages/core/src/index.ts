export type {
  AccessState,
  Attention,
  DenialReason,
  FeatureAccess,
  SubscriptionSummary,
} from "./access/access-state.js";
export { type AccessCheck, type CheckableFeature, checkFeature } from "./access/check-feature.js";
export { type Access, createAccess } from "./access/create-access.js";
export { type AccessInput, decideAccess, defaultGraceDays } from "./access/decide-access.js";
export {
  decideOutage,
  keepsLastKnown,
  type OutagePolicies,
  type OutagePolicy,
} from "./access/decide-outage.js";
export { nextChangeOf } from "./access/next-change-of.js";
export type {
  BillingEvent,
  BillingEventType,
  CheckoutEvent,
  PaymentEvent,
  SubscriptionEvent,
} from "./billing-event.js";
export type {
  Callback,
  CallbackData,
  CallbackHandlers,
  CallbackType,
  PaymentCallbackData,
  PurchaseCallbackData,
  SubscriptionCallbackData,
} from "./callback.js";
export type {
  Catalog,
  Feature,
  FeatureId,
  Features,
  FeatureType,
  Includes,
  Interval,
  LimitFeature,
  MeteredFeature,
  PerSeatPrice,
  PlanDefinition,
  PlanId,
  PriceDefinition,
  ProductDefinition,
  ProductId,
  SwitchFeature,
} from "./catalog/catalog.js";
export { checkCatalog } from "./catalog/check-catalog.js";
export { definePlans } from "./catalog/define-plans.js";
export {
  describePlans,
  type FeatureDescription,
  type PlanDescription,
  type PlansDescription,
  type PriceDescription,
  type ProductDescription,
} from "./catalog/describe-plans.js";
export {
  currenciesOf,
  findPlan,
  freePlanId,
  groupOf,
  maximumQuantity,
  type PlanPrice,
  pricesOf,
} from "./catalog/prices.js";
export { type CheckoutChoice, type CheckoutOffer, decideCheckout } from "./checkout/decide-checkout.js";
export {
  BillingError,
  type ErrorBody,
  type ErrorCode,
  type ErrorDetails,
  errorStatus,
  isErrorCode,
} from "./errors.js";
export {
  type Amounts,
  type Currency,
  formatMoney,
  isMinorUnits,
  type Money,
  minorUnitDigits,
} from "./money.js";
export type { CheckoutKind, ContentSecurity, PaymentDirective } from "./ports/content-security.js";
export type {
  BillingProvider,
  CatalogChange,
  CreateCheckoutInput,
  PortalFlow,
  ProviderCheckout,
  ProviderRead,
} from "./ports/provider.js";
export type { AccessFacts, UsageFact } from "./ports/store/access.js";
export type {
  CallbackFilter,
  CallbackOutbox,
  CallbackPage,
  CallbackRecord,
  CallbackState,
} from "./ports/store/callbacks.js";
export type { ChangeFeed, ChangeListener } from "./ports/store/changes.js";
export type { CheckoutRecord } from "./ports/store/checkouts.js";
export type { CustomerLink } from "./ports/store/customers.js";
export type { EventRecord, EventState } from "./ports/store/events.js";
export type {
  Job,
  JobEngine,
  JobFailure,
  JobHandlers,
  JobReport,
  JobSchedule,
} from "./ports/store/jobs.js";
export type { RateLimit, RateLimitAnswer, RateLimits } from "./ports/store/rate-limits.js";
export type { Store, StoreReads, StoreTransaction } from "./ports/store.js";
export { type Projection, projectEvent, projectRead } from "./projection/project-event.js";
export {
  hasEnded,
  hasUsedTrial,
  isActive,
  isLive,
  type PendingChange,
  type Period,
  type ProviderSubscription,
  type Subscription,
  type SubscriptionItem,
  type SubscriptionPause,
  type SubscriptionStatus,
} from "./subscription.js";
export { addDays, type Clock, type IsoTime } from "./time.js";
