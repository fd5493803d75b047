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
    <select
      data-tollgate-part="currency-select"
      aria-label={label}
      value={currency}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {currencies.map((one) => (
        <option key={one} value={one}>
          {sayCurrency(one, locale)}
        </option>
      ))}
    </select>
  );
}
