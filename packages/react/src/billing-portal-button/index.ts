export { BillingPortalButton, type BillingPortalButtonProps } from "./billing-portal-button.js";
export type { BillingPortalButtonMessages } from "./billing-portal-button-messages.js";
