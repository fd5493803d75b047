"use client";

import { forwardRef, type HTMLAttributes, useImperativeHandle, useRef } from "react";
import { useBilling } from "../billing-context.js";
import { useStylesCheck } from "../styles/use-styles-check.js";
import { useKeptFocus } from "../use-kept-focus.js";
import { useMessages } from "../use-messages.js";
import { LoadError } from "./load-error.js";
import { OfferedPlans } from "./offered-plans.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import { type PricingTableMessages, pricingTableMessages } from "./pricing-table-messages.js";
import { createPricingWords } from "./pricing-words.js";
import { type UsePricingTableOptions, usePricingTable } from "./use-pricing-table.js";

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
  const { interval, defaultInterval, onIntervalChange, group, onSelect, returnUrl, cancelUrl, ...others } =
    props;
  const { currency, defaultCurrency, onCurrencyChange, ...rest } = others;
  const {
    layout = "cards",
    headingLevel = 3,
    classNames = {},
    messages: own,
    expects,
    className,
    ...html
  } = rest;
  useStylesCheck();
  const { locale } = useBilling();
  const table = usePricingTable({
    interval,
    defaultInterval,
    onIntervalChange,
    currency,
    defaultCurrency,
    onCurrencyChange,
    group,
    expects,
    onSelect,
    returnUrl,
    cancelUrl,
  });
  const root = useRef<HTMLElement>(null);
  useImperativeHandle(ref, () => root.current as HTMLElement, []);
  useKeptFocus(root);
  const messages = { ...useMessages("pricingTable", pricingTableMessages), ...own };
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
      aria-busy={table.status === "loading" || undefined}
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
        <OfferedPlans {...{ isBlank, root, table, words, layout, headingLevel, classNames }} />
      )}
    </section>
  );
});
