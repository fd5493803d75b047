export { type FeatureCheck, type UseAccess, useAccess } from "./access/use-access.js";
export {
  BillingPortalButton,
  type BillingPortalButtonProps,
} from "./billing-portal-button/billing-portal-button.js";
export type { BillingPortalButtonMessages } from "./billing-portal-button/billing-portal-button-messages.js";
export { BuyButton, type BuyButtonProps } from "./buy-button/buy-button.js";
export type { BuyButtonMessages } from "./buy-button/buy-button-messages.js";
export type { BuyRefusal } from "./buy-button/buy-refusal.js";
export { type CheckoutChoice, type UseCheckout, useCheckout } from "./checkout/use-checkout.js";
export { type UseCheckoutReturn, useCheckoutReturn } from "./checkout/use-checkout-return.js";
export {
  type BillingClient,
  type BillingClientOptions,
  createBillingClient,
} from "./client/billing-client.js";
export { formatDate } from "./format/format-date.js";
export { BillingProvider, type BillingProviderProps } from "./kit/billing-provider.js";
export {
  type BillingKit,
  createBillingKit,
  type KitPlanSelection,
  type KitPricingCardsProps,
  type KitPricingTableProps,
} from "./kit/create-billing-kit.js";
export { type BillingMessages, type BillingMessagesInput, englishMessages } from "./kit/messages.js";
export { type UsePlans, type UsePlansOptions, usePlans } from "./plans/use-plans.js";
export type { PortalRefusal } from "./portal/portal-refusal.js";
export {
  type PortalFlow,
  type PortalOptions,
  type UsePortal,
  usePortal,
} from "./portal/use-portal.js";
export { PricingCards } from "./pricing-table/pricing-cards.js";
export { PricingTable, type PricingTableProps } from "./pricing-table/pricing-table.js";
export type { PricingTableClassNames } from "./pricing-table/pricing-table-class-names.js";
export type { PricingTableMessages } from "./pricing-table/pricing-table-messages.js";
export type { PlanSelection } from "./pricing-table/use-plan-selection.js";
export type { Navigate } from "./session/leave-page.js";
export type { DeniedCheck } from "./upgrade-gate/decide-way-out.js";
export type { GateClassNames } from "./upgrade-gate/gate-class-names.js";
export { UpgradeGate, type UpgradeGateProps } from "./upgrade-gate/upgrade-gate.js";
export type { UpgradeGateMessages } from "./upgrade-gate/upgrade-gate-messages.js";
