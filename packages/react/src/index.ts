export { type FeatureCheck, type UseAccess, useAccess } from "./access/use-access.js";
export { type CheckoutChoice, type UseCheckout, useCheckout } from "./checkout/use-checkout.js";
export { type UseCheckoutReturn, useCheckoutReturn } from "./checkout/use-checkout-return.js";
export {
  type BillingClient,
  type BillingClientOptions,
  createBillingClient,
} from "./client/billing-client.js";
export { formatDate } from "./format/format-date.js";
export { BillingProvider, type BillingProviderProps } from "./kit/billing-provider.js";
export * from "./kit/components.js";
export { type BillingKit, createBillingKit } from "./kit/create-billing-kit.js";
export { type UsePlans, type UsePlansOptions, usePlans } from "./plans/use-plans.js";
export type { PortalRefusal } from "./portal/portal-refusal.js";
export {
  type PortalFlow,
  type PortalOptions,
  type UsePortal,
  usePortal,
} from "./portal/use-portal.js";
export type { Navigate } from "./session/leave-page.js";
