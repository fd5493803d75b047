import type { RefObject } from "react";
import { CurrencySelect } from "./currency-select.js";
import { IntervalSwitch } from "./interval-switch.js";
import { PlanCard } from "./plan-card.js";
import { PlanMatrix } from "./plan-matrix.js";
import { amountSize } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import type { PricingWords } from "./pricing-words.js";
import type { PricingTableState } from "./use-pricing-table.js";

interface OfferedPlansProps {
  /** Laid out with what is expected, and not legible: nothing moves when the plans arrive. */
  readonly isBlank: boolean;
  readonly root: RefObject<HTMLElement | null>;
  readonly table: PricingTableState;
  readonly words: PricingWords;
  readonly layout: "cards" | "matrix";
  readonly headingLevel: 2 | 3 | 4;
  readonly classNames: PricingTableClassNames;
}

/** The plans, and what chooses how they are priced. */
export function OfferedPlans(props: OfferedPlansProps) {
  const { isBlank, root, table, words, layout, headingLevel, classNames } = props;
  const { description, views, intervals, currencies, askedCurrency } = table;
  const { messages, locale } = words;
  if (description === null || askedCurrency === null) return null;
  if (views.length === 0) return <p data-tollgate-part="empty">{messages.empty}</p>;
  const isAnyRecommended = views.some(({ isRecommended }) => isRecommended);
  const shown = { features: description.features, words, classNames, isAnyRecommended };
  const select = (view: PlanView) =>
    view.seats === view.quantity ? table.select(view) : seatFieldOf(root, view.plan.id)?.focus();
  return (
    <div
      data-tollgate-part="offered"
      data-amounts={amountSize(views, words)}
      data-blank={isBlank || undefined}
      aria-hidden={isBlank || undefined}
    >
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
            isFixed={table.isBilled}
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
        <div data-tollgate-part="cards" data-count={views.length < 6 ? views.length : "many"}>
          {views.map((view, index) => (
            <PlanCard
              key={view.plan.id}
              {...shown}
              columns={columnsOf(index, views.length)}
              view={view}
              headingLevel={headingLevel}
              onSelect={() => select(view)}
              onQuantityChange={(quantity) => table.setQuantity(view.plan.id, quantity)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/**
 * How many of twelve columns a card takes where five or more plans share a wide page: rows of three and four, as even as
 * they can be, so that none is left alone in the last one.
 */
function columnsOf(index: number, count: number): number {
  const rows = Math.ceil(count / 4);
  const least = Math.floor(count / rows);
  const fuller = count - rows * least;
  return 12 / (index < fuller * (least + 1) ? least + 1 : least);
}

/** What a press of the plan's button has to wait for: a number that can be bought. */
function seatFieldOf(root: RefObject<HTMLElement | null>, planId: string): HTMLElement | null {
  return root.current?.querySelector<HTMLElement>(`[data-seats-of="${CSS.escape(planId)}"]`) ?? null;
}
