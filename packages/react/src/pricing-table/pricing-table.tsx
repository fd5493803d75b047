"use client";

import { forwardRef } from "react";
import { OfferTable, type OfferTableProps } from "./offer-table.js";
import { PlanCards } from "./plan-cards.js";
import { PlanMatrix } from "./plan-matrix.js";

export interface PricingTableProps extends OfferTableProps {
  /** Cards, or a table that compares the plans feature by feature. @default "cards" */
  readonly layout?: "cards" | "matrix";
}

/**
 * What is for sale, for the person who looks at it: prices by month or year, the current plan, trials, seats, scheduled
 * changes. Choosing opens the checkout, or the portal for anyone who already subscribes.
 *
 * @example
 * <BillingProvider plans={plans} initialAccess={access.toJSON()}>
 *   <PricingTable defaultInterval="year" />
 * </BillingProvider>
 */
export const PricingTable = forwardRef<HTMLElement, PricingTableProps>(function PricingTable(props, ref) {
  const { layout = "cards", ...table } = props;
  const Plans = layout === "matrix" ? PlanMatrix : PlanCards;
  return <OfferTable {...table} {...{ layout, Plans }} forwarded={ref} />;
});
