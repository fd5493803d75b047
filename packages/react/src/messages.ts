import {
  type BillingPortalButtonMessages,
  billingPortalButtonMessages,
} from "./billing-portal-button/billing-portal-button-messages.js";
import { type PricingTableMessages, pricingTableMessages } from "./pricing-table/pricing-table-messages.js";
import { type UpgradeGateMessages, upgradeGateMessages } from "./upgrade-gate/upgrade-gate-messages.js";

/** Every word that the components say, by component. Plain text or functions of what they speak of. */
export interface BillingMessages {
  readonly upgradeGate: UpgradeGateMessages;
  readonly billingPortalButton: BillingPortalButtonMessages;
  readonly pricingTable: PricingTableMessages;
}

/** Some words of your own; the rest stays English. */
export type BillingMessagesInput = { readonly [K in keyof BillingMessages]?: Partial<BillingMessages[K]> };

/** The English words. */
export const englishMessages: BillingMessages = {
  upgradeGate: upgradeGateMessages,
  billingPortalButton: billingPortalButtonMessages,
  pricingTable: pricingTableMessages,
};

/** Puts an app's own words over the English ones. */
export function mergeMessages(own: BillingMessagesInput | undefined): BillingMessages {
  return {
    upgradeGate: { ...englishMessages.upgradeGate, ...own?.upgradeGate },
    billingPortalButton: { ...englishMessages.billingPortalButton, ...own?.billingPortalButton },
    pricingTable: { ...englishMessages.pricingTable, ...own?.pricingTable },
  };
}
