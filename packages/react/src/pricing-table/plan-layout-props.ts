import type { FeatureDescription } from "@tollgate/core";
import type { PlanView } from "./plan-view.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import type { PricingWords } from "./pricing-words.js";

/** What both layouts of the plans are given. */
export interface PlanLayoutProps {
  readonly views: readonly PlanView[];
  readonly features: readonly FeatureDescription[];
  readonly words: PricingWords;
  readonly classNames: PricingTableClassNames;
  readonly isAnyRecommended: boolean;
  readonly headingLevel: 2 | 3 | 4;
  readonly onSelect: (view: PlanView) => void;
  readonly onQuantityChange: (planId: string, quantity: number) => void;
}

/** What every cell below a plan carries, so that a narrow page can leave out all plans but the picked one. */
export type ColumnOf = (view: PlanView) => { readonly "data-picked": boolean };
