import type { Currency } from "@tollgate/core";
import { sayCurrency } from "./pricing-words.js";

interface CurrencySelectProps {
  readonly currency: Currency;
  readonly currencies: readonly Currency[];
  readonly label: string;
  readonly locale: string;
  readonly onChange: (currency: Currency) => void;
}

export function CurrencySelect({ currency, currencies, label, locale, onChange }: CurrencySelectProps) {
  return (
    <span data-tollgate-part="currency-select">
      <select aria-label={label} value={currency} onChange={(event) => onChange(event.currentTarget.value)}>
        {currencies.map((one) => (
          <option key={one} value={one}>
            {sayCurrency(one, locale)}
          </option>
        ))}
      </select>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path
          d="m4.5 6.5 3.5 3.5 3.5-3.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  );
}
