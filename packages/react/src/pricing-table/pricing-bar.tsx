import { IntervalSwitch } from "./interval-switch.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import { type PricingWords, sayCurrency } from "./pricing-words.js";
import { Select } from "./select.js";
import type { PricingTableState } from "./use-pricing-table.js";

interface PricingBarProps {
  readonly table: PricingTableState;
  readonly words: PricingWords;
  readonly classNames: PricingTableClassNames;
}

/** What chooses how the plans are priced. */
export function PricingBar({ table, words, classNames }: PricingBarProps) {
  const { intervals, currencies, askedCurrency } = table;
  const { messages, locale } = words;
  const name = (currency: string) => sayCurrency(currency, locale);
  return (
    <div data-tollgate-part="bar" className={classNames.bar}>
      {intervals.length < 2 ? null : (
        <IntervalSwitch table={table} messages={messages} className={classNames.intervalSwitch} />
      )}
      {currencies.length < 2 || askedCurrency === null ? null : table.isBilled ? (
        <span data-tollgate-part="currency">
          <span data-tollgate-part="spoken">{messages.currency}</span> {name(askedCurrency)}
        </span>
      ) : (
        <Select
          part="currency-select"
          label={messages.currency}
          value={askedCurrency}
          options={currencies.map((value) => ({ value, text: name(value) }))}
          onChange={table.setCurrency}
        />
      )}
    </div>
  );
}
