import type { Catalog, FeatureId, PlanId, ProductId } from "@tollgate/core";
import type { ForwardRefExoticComponent, ReactElement, RefAttributes } from "react";
import { type UseAccess, useAccess } from "../access/use-access.js";
import { BillingPortalButton } from "../billing-portal-button/billing-portal-button.js";
import { BuyButton, type BuyButtonProps } from "../buy-button/buy-button.js";
import { type UseCheckout, useCheckout } from "../checkout/use-checkout.js";
import { type UseCheckoutReturn, useCheckoutReturn } from "../checkout/use-checkout-return.js";
import { type UsePlans, type UsePlansOptions, usePlans } from "../plans/use-plans.js";
import { type UsePortal, usePortal } from "../portal/use-portal.js";
import type { OfferTableProps } from "../pricing-table/offer-table.js";
import { PricingCards } from "../pricing-table/pricing-cards.js";
import { PricingTable, type PricingTableProps } from "../pricing-table/pricing-table.js";
import type { PlanSelection } from "../pricing-table/use-plan-selection.js";
import { UpgradeGate, type UpgradeGateProps } from "../upgrade-gate/upgrade-gate.js";
import { BillingProvider, type BillingProviderProps } from "./billing-provider.js";

/** A choice in the pricing table, with the catalog's own plan names. */
export type KitPlanSelection<C extends Catalog> = Omit<PlanSelection, "planId"> & {
  readonly planId: PlanId<C>;
};

export interface KitPricingTableProps<C extends Catalog> extends Omit<PricingTableProps, "onSelect"> {
  /**
   * Replaces what choosing a plan does. @default opens the checkout, or the portal for anyone who already subscribes
   */
  readonly onSelect?: (selection: KitPlanSelection<C>) => void;
}

export interface KitPricingCardsProps<C extends Catalog> extends Omit<OfferTableProps, "onSelect"> {
  /**
   * Replaces what choosing a plan does. @default opens the checkout, or the portal for anyone who already subscribes
   */
  readonly onSelect?: (selection: KitPlanSelection<C>) => void;
}

/** The same components and hooks, knowing the names in your catalog. */
export interface BillingKit<C extends Catalog> {
  readonly BillingProvider: (props: BillingProviderProps<C>) => ReactElement;
  readonly PricingTable: ForwardRefExoticComponent<KitPricingTableProps<C> & RefAttributes<HTMLElement>>;
  readonly PricingCards: ForwardRefExoticComponent<KitPricingCardsProps<C> & RefAttributes<HTMLElement>>;
  readonly UpgradeGate: ForwardRefExoticComponent<
    UpgradeGateProps<FeatureId<C>> & RefAttributes<HTMLDivElement>
  >;
  readonly BillingPortalButton: typeof BillingPortalButton;
  readonly BuyButton: ForwardRefExoticComponent<
    BuyButtonProps<ProductId<C>> & RefAttributes<HTMLButtonElement>
  >;
  readonly useAccess: () => UseAccess<FeatureId<C>, ProductId<C>>;
  readonly useCheckout: () => UseCheckout<PlanId<C>, ProductId<C>>;
  readonly useCheckoutReturn: () => UseCheckoutReturn;
  readonly usePlans: (options?: UsePlansOptions) => UsePlans;
  readonly usePortal: () => UsePortal;
}

/**
 * Narrows the kit to your catalog, so that a plan or feature that does not exist does not compile. It only adds types,
 * and may be called in any module, on the server too. Whoever loads the kit loads every component: a page that counts
 * kilobytes instead gives the package's own component the type that it has in `BillingKit`.
 *
 * @example
 * export const { BillingProvider, PricingTable, UpgradeGate } = createBillingKit<typeof plans>();
 */
export function createBillingKit<C extends Catalog = Catalog>(): BillingKit<C> {
  return {
    BillingProvider,
    // Every plan that the table hands out is the catalog's.
    PricingTable: PricingTable as BillingKit<C>["PricingTable"],
    PricingCards: PricingCards as BillingKit<C>["PricingCards"],
    UpgradeGate,
    BillingPortalButton,
    BuyButton,
    useAccess,
    // The choice that it hands back is one that it was given.
    useCheckout: useCheckout as BillingKit<C>["useCheckout"],
    useCheckoutReturn,
    usePlans,
    usePortal,
  };
}
