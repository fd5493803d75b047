import { type ComponentType, type HTMLAttributes, type Ref, useImperativeHandle, useRef } from "react";
import { useKeptFocus } from "../focus/use-kept-focus.js";
import { useBilling } from "../session/billing-context.js";
import { useMessages } from "../session/use-messages.js";
import { useStylesCheck } from "../styles/use-styles-check.js";
import { LoadError } from "./load-error.js";
import { OfferedPlans } from "./offered-plans.js";
import type { PlanLayoutProps } from "./plan-layout-props.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import { type PlanMessages, type PricingTableMessages, planMessages } from "./pricing-table-messages.js";
import { createPricingWords } from "./pricing-words.js";
import { type UsePricingTableOptions, usePricingTable } from "./use-pricing-table.js";

export interface OfferTableProps
  extends UsePricingTableOptions,
    Omit<HTMLAttributes<HTMLElement>, "onSelect" | "children"> {
  /** Which heading a plan's name is, so that it follows your page's own. @default 3 */
  readonly headingLevel?: 2 | 3 | 4;
  readonly classNames?: PricingTableClassNames;
  /** Words of your own, over the provider's. */
  readonly messages?: Partial<PricingTableMessages>;
}

interface Layout {
  readonly forwarded: Ref<HTMLElement>;
  readonly layout: "cards" | "matrix";
  /** Draws the plans in that layout. */
  readonly Plans: ComponentType<PlanLayoutProps>;
}

/** The table around whatever draws the plans. */
export function OfferTable(props: OfferTableProps & Layout) {
  const {
    forwarded,
    layout,
    Plans,
    headingLevel = 3,
    classNames = {},
    className,
    messages: own,
    ...rest
  } = props;
  const {
    interval,
    defaultInterval,
    onIntervalChange,
    currency,
    defaultCurrency,
    onCurrencyChange,
    ...others
  } = rest;
  const { group, expects, onSelect, returnUrl, cancelUrl, ...html } = others;
  useStylesCheck();
  const { locale } = useBilling();
  const table = usePricingTable(props);
  const root = useRef<HTMLElement>(null);
  useImperativeHandle(forwarded, () => root.current as HTMLElement, []);
  useKeptFocus(root);
  const messages = {
    ...useMessages<PlanMessages, PricingTableMessages>("pricingTable", planMessages),
    ...own,
  };
  const words = createPricingWords(messages, locale, table.currency ?? "usd");
  const isBlank = table.status === "loading";
  return (
    <section
      ref={root}
      aria-label={messages.region}
      {...html}
      className={[classNames.root, className].filter(Boolean).join(" ") || undefined}
      data-tollgate="pricing-table"
      data-state={table.status}
      data-layout={layout}
      data-switched={table.switched || undefined}
      aria-busy={isBlank || undefined}
    >
      {table.error ? (
        <LoadError
          text={table.description ? messages.accessFailed : messages.loadFailed}
          messages={messages}
          isTrying={table.fetching}
          onRetry={table.retry}
        />
      ) : null}
      {isBlank ? (
        <p data-tollgate-part="spoken" role="status">
          {messages.loading}
        </p>
      ) : null}
      {table.status === "failed" ? null : (
        <OfferedPlans {...{ isBlank, root, table, words, Plans, headingLevel, classNames }} />
      )}
    </section>
  );
}
