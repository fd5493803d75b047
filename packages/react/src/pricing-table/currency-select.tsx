import type { Currency } from "@tollgate/core";
import { Chevron } from "./chevron.js";
import { sayCurrency } from "./pricing-words.js";

interface CurrencySelectProps {
  readonly currency: Currency;
  readonly currencies: readonly Currency[];
  readonly label: string;
  readonly locale: string;
  /** Says the currency and offers no other. */
  readonly isFixed: boolean;
  readonly onChange: (currency: Currency) => void;
}

export function CurrencySelect(props: CurrencySelectProps) {
  const { currency, currencies, label, locale, isFixed, onChange } = props;
  if (isFixed) {
    return (
      <span key="fixed" data-tollgate-part="currency">
        <span data-tollgate-part="spoken">{label}</span> {sayCurrency(currency, locale)}
      </span>
    );
  }
  return (
    <span key="select" data-tollgate-part="currency-select">
      <select aria-label={label} value={currency} onChange={(event) => onChange(event.currentTarget.value)}>
        {currencies.map((one) => (
          <option key={one} value={one}>
            {sayCurrency(one, locale)}
          </option>
        ))}
      </select>
      <Chevron />
    </span>
  );
}
