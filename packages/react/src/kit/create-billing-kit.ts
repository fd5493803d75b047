import type { Catalog, FeatureId, PlanId, ProductId } from "@tollgate/core";
import type { ReactElement } from "react";
import { type UseAccess, useAccess } from "../access/use-access.js";
import { type UseCheckout, useCheckout } from "../checkout/use-checkout.js";
import { type UseCheckoutReturn, useCheckoutReturn } from "../checkout/use-checkout-return.js";
import { type UsePlans, type UsePlansOptions, usePlans } from "../plans/use-plans.js";
import { type UsePortal, usePortal } from "../portal/use-portal.js";
import { BillingProvider, type BillingProviderProps } from "./billing-provider.js";
import kitComponents from "./components.js";

/** The same components and hooks, knowing the names in your catalog. */
export interface BillingKit<C extends Catalog> extends ReturnType<typeof kitComponents<C>> {
  readonly BillingProvider: (props: BillingProviderProps<C>) => ReactElement;
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
    ...kitComponents<C>(),
    useAccess,
    // The choice that it hands back is one that it was given.
    useCheckout: useCheckout as BillingKit<C>["useCheckout"],
    useCheckoutReturn,
    usePlans,
    usePortal,
  };
}
