export type { KitPlanSelection, KitPricingCardsProps, KitPricingTableProps } from "./kit-table-props.js";
export { PricingCards } from "./pricing-cards.js";
export { PricingTable, type PricingTableProps } from "./pricing-table.js";
export type { PricingTableClassNames } from "./pricing-table-class-names.js";
export type { PricingTableMessages, RateWords } from "./pricing-table-messages.js";
export type { PlanSelection } from "./use-plan-selection.js";
