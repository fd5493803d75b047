import type { Catalog, FeatureId, ProductId } from "@tollgate/core";
import type { ForwardRefExoticComponent, RefAttributes } from "react";
import { BillingPortalButton } from "../billing-portal-button/billing-portal-button.js";
import {
  type BillingPortalButtonMessages,
  billingPortalButtonMessages,
} from "../billing-portal-button/billing-portal-button-messages.js";
import { BuyButton, type BuyButtonProps } from "../buy-button/buy-button.js";
import { type BuyButtonMessages, buyButtonMessages } from "../buy-button/buy-button-messages.js";
import type { PaymentFormMessages } from "../payment-form/payment-form-messages.js";
import type { KitPricingCardsProps, KitPricingTableProps } from "../pricing-table/kit-table-props.js";
import { PricingCards } from "../pricing-table/pricing-cards.js";
import { PricingTable } from "../pricing-table/pricing-table.js";
import {
  type PricingTableMessages,
  planMatrixMessages,
  planMessages,
} from "../pricing-table/pricing-table-messages.js";
import { UpgradeGate, type UpgradeGateProps } from "../upgrade-gate/upgrade-gate.js";
import { type UpgradeGateMessages, upgradeGateMessages } from "../upgrade-gate/upgrade-gate-messages.js";

// The one list of components: what each exports, its words, and its place in the kit.
export * from "../billing-portal-button/index.js";
export * from "../buy-button/index.js";
export * from "../pricing-table/index.js";
export * from "../upgrade-gate/index.js";

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

/** The components, knowing the names in a catalog. */
interface KitComponents<C extends Catalog> {
  readonly PricingTable: ForwardRefExoticComponent<KitPricingTableProps<C> & RefAttributes<HTMLElement>>;
  readonly PricingCards: ForwardRefExoticComponent<KitPricingCardsProps<C> & RefAttributes<HTMLElement>>;
  readonly UpgradeGate: ForwardRefExoticComponent<
    UpgradeGateProps<FeatureId<C>> & RefAttributes<HTMLDivElement>
  >;
  readonly BillingPortalButton: typeof BillingPortalButton;
  readonly BuyButton: ForwardRefExoticComponent<
    BuyButtonProps<ProductId<C>> & RefAttributes<HTMLButtonElement>
  >;
}

/** What they are in a kit. The default export, because `export *` at the package's door leaves that out. */
export default function kitComponents<C extends Catalog>(): KitComponents<C> {
  return {
    // Every plan that the table hands out is the catalog's.
    PricingTable: PricingTable as KitComponents<C>["PricingTable"],
    PricingCards: PricingCards as KitComponents<C>["PricingCards"],
    UpgradeGate,
    BillingPortalButton,
    BuyButton,
  };
}
