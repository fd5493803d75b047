"use client";

import { forwardRef } from "react";
import { OfferTable, type OfferTableProps } from "./offer-table.js";
import { PlanCards } from "./plan-cards.js";

/**
 * `PricingTable` with cards and nothing else: a page that shows no comparison loads none.
 *
 * @example
 * <BillingProvider plans={plans} initialAccess={access.toJSON()}>
 *   <PricingCards defaultInterval="year" />
 * </BillingProvider>
 */
export const PricingCards = forwardRef<HTMLElement, OfferTableProps>(function PricingCards(props, ref) {
  return <OfferTable {...props} layout="cards" Plans={PlanCards} forwarded={ref} />;
});
