import { forwardRef, type HTMLAttributes } from "react";
import { useBilling } from "../billing-context.js";
import { Button } from "../button/button.js";
import { useMessages } from "../use-messages.js";
import { CurrencySelect } from "./currency-select.js";
import { IntervalSwitch } from "./interval-switch.js";
import { PlanCard } from "./plan-card.js";
import { PlanMatrix } from "./plan-matrix.js";
import { PricingSkeleton } from "./pricing-skeleton.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import { type PricingTableMessages, pricingTableMessages } from "./pricing-table-messages.js";
import { createPricingWords, type PricingWords } from "./pricing-words.js";
import { type PricingTableState, type UsePricingTableOptions, usePricingTable } from "./use-pricing-table.js";

export interface PricingTableProps
  extends UsePricingTableOptions,
    Omit<HTMLAttributes<HTMLElement>, "onSelect" | "children"> {
  /** Cards, or a table that compares the plans feature by feature. @default "cards" */
  readonly layout?: "cards" | "matrix";
  /** Which heading a plan's name is, so that it follows your page's own. @default 3 */
  readonly headingLevel?: 2 | 3 | 4;
  readonly classNames?: PricingTableClassNames;
  /** Words of your own, over the provider's. */
  readonly messages?: Partial<PricingTableMessages>;
  /** How many cards and features the skeleton stands for. @default { plans: 3, features: 5 } */
  readonly expects?: { readonly plans: number; readonly features: number };
}

/**
 * What is for sale, for the person who looks at it: prices by month or year, the current plan, trials,
 * seats, scheduled changes. Choosing opens the checkout, or the portal for who subscribes already.
 *
 * @example
 * <BillingProvider plans={plans} initialAccess={access.toJSON()}>
 *   <PricingTable defaultInterval="year" />
 * </BillingProvider>
 */
export const PricingTable = forwardRef<HTMLElement, PricingTableProps>(function PricingTable(props, ref) {
  const { interval, defaultInterval, onIntervalChange, currency, group, onSelect, ...others } = props;
  const { returnUrl, cancelUrl, ...rest } = others;
  const {
    layout = "cards",
    headingLevel = 3,
    classNames = {},
    messages: own,
    expects,
    className,
    ...html
  } = rest;
  const { locale } = useBilling();
  const table = usePricingTable({
    interval,
    defaultInterval,
    onIntervalChange,
    currency,
    group,
    onSelect,
    returnUrl,
    cancelUrl,
  });
  const messages = { ...useMessages("pricingTable", pricingTableMessages), ...own };
  const words = createPricingWords(messages, locale, table.currency ?? "usd");
  const { plans = 3, features = 5 } = expects ?? {};
  return (
    <section
      ref={ref}
      aria-label={messages.region}
      {...html}
      className={[classNames.root, className].filter(Boolean).join(" ") || undefined}
      data-tollgate="pricing-table"
      data-state={table.status}
      data-layout={layout}
      data-switched={table.switched || undefined}
      aria-busy={table.status === "loading" || undefined}
    >
      {table.error ? (
        <LoadError
          text={table.description ? messages.accessFailed : messages.loadFailed}
          messages={messages}
          onRetry={table.retry}
        />
      ) : null}
      {table.status === "loading" ? (
        <PricingSkeleton plans={plans} features={features} messages={messages} />
      ) : null}
      {table.status === "ready" ? <Loaded {...{ table, words, layout, headingLevel, classNames }} /> : null}
    </section>
  );
});

interface LoadedProps {
  readonly table: PricingTableState;
  readonly words: PricingWords;
  readonly layout: "cards" | "matrix";
  readonly headingLevel: 2 | 3 | 4;
  readonly classNames: PricingTableClassNames;
}

function Loaded({ table, words, layout, headingLevel, classNames }: LoadedProps) {
  const { description, views, intervals, currency } = table;
  const { messages, locale } = words;
  if (description === null || currency === null) return null;
  if (views.length === 0) return <p data-tollgate-part="empty">{messages.empty}</p>;
  const shown = { features: description.features, words, classNames };
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
        {description.currencies.length < 2 ? null : (
          <CurrencySelect
            {...{ currency, currencies: description.currencies, locale, label: messages.currency }}
            onChange={table.setCurrency}
          />
        )}
      </div>
      {views.some(({ offer }) => offer.kind === "managers_only") ? (
        <p data-tollgate-notice="">{messages.managersOnly}</p>
      ) : null}
      {layout === "matrix" ? (
        <PlanMatrix {...shown} views={views} onSelect={table.select} onQuantityChange={table.setQuantity} />
      ) : (
        <div data-tollgate-part="cards" data-count={Math.min(views.length, 4)}>
          {views.map((view) => (
            <PlanCard
              key={view.plan.id}
              {...shown}
              view={view}
              headingLevel={headingLevel}
              onSelect={() => table.select(view)}
              onQuantityChange={(quantity) => table.setQuantity(view.plan.id, quantity)}
            />
          ))}
        </div>
      )}
    </>
  );
}

function LoadError({
  text,
  messages,
  onRetry,
}: {
  readonly text: string;
  readonly messages: PricingTableMessages;
  readonly onRetry: () => void;
}) {
  return (
    <div data-tollgate-notice="danger" role="alert">
      <span>{text}</span>
      <Button variant="secondary" onClick={onRetry}>
        {messages.retry}
      </Button>
    </div>
  );
}
