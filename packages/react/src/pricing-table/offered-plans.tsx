import type { RefObject } from "react";
import { CurrencySelect } from "./currency-select.js";
import { IntervalSwitch } from "./interval-switch.js";
import { PlanCard } from "./plan-card.js";
import { PlanMatrix } from "./plan-matrix.js";
import type { PlanView } from "./plan-view.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import type { PricingWords } from "./pricing-words.js";
import type { PricingTableState } from "./use-pricing-table.js";

interface OfferedPlansProps {
  readonly root: RefObject<HTMLElement | null>;
  readonly table: PricingTableState;
  readonly words: PricingWords;
  readonly layout: "cards" | "matrix";
  readonly headingLevel: 2 | 3 | 4;
  readonly classNames: PricingTableClassNames;
}

/** The plans, and what chooses how they are priced. */
export function OfferedPlans({ root, table, words, layout, headingLevel, classNames }: OfferedPlansProps) {
  const { description, views, intervals, currencies, askedCurrency } = table;
  const { messages, locale } = words;
  if (description === null || askedCurrency === null) return null;
  if (views.length === 0) return <p data-tollgate-part="empty">{messages.empty}</p>;
  const isAnyRecommended = views.some(({ isRecommended }) => isRecommended);
  const shown = { features: description.features, words, classNames, isAnyRecommended };
  const select = (view: PlanView) =>
    view.seats === view.quantity ? table.select(view) : seatFieldOf(root, view.plan.id)?.focus();
  return (
    <>
      <div data-tollgate-part="bar" className={classNames.bar}>
        {intervals.length < 2 ? null : (
          <IntervalSwitch
            {...{ interval: table.interval, intervals, saving: table.saving, messages }}
            onChange={table.setInterval}
            className={classNames.intervalSwitch}
          />
        )}
        {currencies.length < 2 ? null : (
          <CurrencySelect
            {...{ currency: askedCurrency, currencies, locale, label: messages.currency }}
            onChange={table.setCurrency}
          />
        )}
      </div>
      {views.some(({ offer }) => offer.kind === "managers_only") ? (
        <p data-tollgate-notice="">{messages.managersOnly}</p>
      ) : null}
      {layout === "matrix" ? (
        <PlanMatrix {...shown} views={views} onSelect={select} onQuantityChange={table.setQuantity} />
      ) : (
        <div data-tollgate-part="cards" data-count={Math.min(views.length, 4)}>
          {views.map((view) => (
            <PlanCard
              key={view.plan.id}
              {...shown}
              view={view}
              headingLevel={headingLevel}
              onSelect={() => select(view)}
              onQuantityChange={(quantity) => table.setQuantity(view.plan.id, quantity)}
            />
          ))}
        </div>
      )}
    </>
  );
}

/** What a press of the plan's button has to wait for: a number that can be bought. */
function seatFieldOf(root: RefObject<HTMLElement | null>, planId: string): HTMLElement | null {
  return root.current?.querySelector<HTMLElement>(`[data-seats-of="${CSS.escape(planId)}"]`) ?? null;
}
