import {
  type BillingPortalButtonMessages,
  billingPortalButtonMessages,
} from "../billing-portal-button/billing-portal-button-messages.js";
import { type BuyButtonMessages, buyButtonMessages } from "../buy-button/buy-button-messages.js";
import type { PaymentFormMessages } from "../payment-form/payment-form-messages.js";
import {
  type PricingTableMessages,
  planMatrixMessages,
  planMessages,
} from "../pricing-table/pricing-table-messages.js";
import { type UpgradeGateMessages, upgradeGateMessages } from "../upgrade-gate/upgrade-gate-messages.js";

/** Every word that the components say, by component. Plain text or functions of what they are about. */
export interface BillingMessages {
  readonly upgradeGate: UpgradeGateMessages;
  readonly billingPortalButton: BillingPortalButtonMessages;
  readonly pricingTable: PricingTableMessages;
  readonly buyButton: BuyButtonMessages;
}

/** The same including those of the card form, which has an entry of its own. */
interface AllMessages extends BillingMessages {
  readonly paymentForm: PaymentFormMessages;
}

/** Some words of your own; the rest stays English. */
export type BillingMessagesInput = { readonly [K in keyof AllMessages]?: Partial<AllMessages[K]> };

/**
 * The English words to translate from; those of `PaymentForm` come with it. No component needs this object: each
 * brings its own words.
 */
export const englishMessages: BillingMessages = {
  upgradeGate: upgradeGateMessages,
  billingPortalButton: billingPortalButtonMessages,
  pricingTable: { ...planMessages, ...planMatrixMessages },
  buyButton: buyButtonMessages,
};
