import type { Catalog, PlanId } from "@tollgate/core";
import type { OfferTableProps } from "./offer-table.js";
import type { PricingTableProps } from "./pricing-table.js";
import type { PlanSelection } from "./use-plan-selection.js";

/** A choice in the pricing table, with the catalog's own plan names. */
export type KitPlanSelection<C extends Catalog> = Omit<PlanSelection, "planId"> & {
  readonly planId: PlanId<C>;
};

interface KitSelect<C extends Catalog> {
  /**
   * Replaces what choosing a plan does. @default opens the checkout, or the portal for anyone who already subscribes
   */
  readonly onSelect?: (selection: KitPlanSelection<C>) => void;
}

export interface KitPricingTableProps<C extends Catalog>
  extends Omit<PricingTableProps, "onSelect">,
    KitSelect<C> {}

export interface KitPricingCardsProps<C extends Catalog>
  extends Omit<OfferTableProps, "onSelect">,
    KitSelect<C> {}
