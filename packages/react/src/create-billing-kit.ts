import type { Catalog, FeatureId, PlanId, ProductId } from "@tollgate/core";
import type { ForwardRefExoticComponent, ReactElement, RefAttributes } from "react";
import { type UseAccess, useAccess } from "./access/use-access.js";
import { BillingPortalButton } from "./billing-portal-button/billing-portal-button.js";
import { type UsePortal, usePortal } from "./billing-portal-button/use-portal.js";
import { BillingProvider, type BillingProviderProps } from "./billing-provider.js";
import { type UseCheckout, useCheckout } from "./checkout/use-checkout.js";
import { type UseCheckoutReturn, useCheckoutReturn } from "./checkout/use-checkout-return.js";
import { type UsePlans, type UsePlansOptions, usePlans } from "./plans/use-plans.js";
import { UpgradeGate, type UpgradeGateProps } from "./upgrade-gate/upgrade-gate.js";

/** The same components and hooks, knowing the names in your catalog. */
export interface BillingKit<C extends Catalog> {
  readonly BillingProvider: (props: BillingProviderProps<C>) => ReactElement;
  readonly UpgradeGate: ForwardRefExoticComponent<
    UpgradeGateProps<FeatureId<C>> & RefAttributes<HTMLDivElement>
  >;
  readonly BillingPortalButton: typeof BillingPortalButton;
  readonly useAccess: () => UseAccess<FeatureId<C>>;
  readonly useCheckout: () => UseCheckout<PlanId<C>, ProductId<C>>;
  readonly useCheckoutReturn: () => UseCheckoutReturn;
  readonly usePlans: (options?: UsePlansOptions) => UsePlans;
  readonly usePortal: () => UsePortal;
}

/**
 * Narrows the kit to your catalog, so that a plan or feature which does not exist does not compile. It
 * only adds types. Call it in a client module, once.
 *
 * @example
 * "use client";
 * export const { BillingProvider, PricingTable, UpgradeGate } = createBillingKit<typeof plans>();
 */
export function createBillingKit<C extends Catalog = Catalog>(): BillingKit<C> {
  return {
    BillingProvider,
    UpgradeGate,
    BillingPortalButton,
    useAccess,
    useCheckout,
    useCheckoutReturn,
    usePlans,
    usePortal,
  };
}
