import type { ComponentType, RefObject } from "react";
import type { PlanLayoutProps } from "./plan-layout-props.js";
import { amountSize } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import { PricingBar } from "./pricing-bar.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import type { PricingWords } from "./pricing-words.js";
import type { PricingTableState } from "./use-pricing-table.js";

interface OfferedPlansProps {
  /** Laid out with what is expected, but not legible: nothing moves when the plans arrive. */
  readonly isBlank: boolean;
  readonly root: RefObject<HTMLElement | null>;
  readonly table: PricingTableState;
  readonly words: PricingWords;
  readonly Plans: ComponentType<PlanLayoutProps>;
  readonly headingLevel: 2 | 3 | 4;
  readonly classNames: PricingTableClassNames;
}

/** The plans, and what chooses how they are priced. */
export function OfferedPlans({ isBlank, root, table, Plans, ...shared }: OfferedPlansProps) {
  const { words, classNames } = shared;
  const { description, views } = table;
  if (description === null) return null;
  if (views.length === 0) return <p data-tollgate-part="empty">{words.messages.empty}</p>;
  // While the seat field says what can't be bought, no other number may be bought in its place.
  const select = (view: PlanView) =>
    view.seats === view.quantity ? table.select(view) : seatFieldOf(root, view.plan.id)?.focus();
  return (
    <div
      data-tollgate-part="offered"
      data-amounts={amountSize(views, words)}
      data-blank={isBlank || undefined}
      aria-hidden={isBlank || undefined}
    >
      <PricingBar {...{ table, words, classNames }} />
      {views.some(({ offer }) => offer.kind === "managers_only") ? (
        <p data-tollgate-notice="">{words.messages.managersOnly}</p>
      ) : null}
      <Plans
        {...shared}
        views={views}
        features={description.features}
        isAnyRecommended={views.some(({ isRecommended }) => isRecommended)}
        onSelect={select}
        onQuantityChange={table.setQuantity}
      />
    </div>
  );
}

/** What pressing the plan's button has to wait for: a number that can be bought. */
function seatFieldOf(root: RefObject<HTMLElement | null>, planId: string): HTMLElement | null {
  return root.current?.querySelector<HTMLElement>(`[data-seats-of="${CSS.escape(planId)}"]`) ?? null;
}
