import { type AccessState, type Currency, isLive } from "@tollgate/core";
import { useState } from "react";
import { useBilling } from "../session/billing-context.js";

export interface CurrencyOptions {
  /**
   * The chosen currency, an ISO 4217 code in lower case, when you control it; without `onCurrencyChange` the select is
   * left out. A customer with a running subscription is billed in its currency, sees that one, and is not asked.
   */
  readonly currency?: Currency | undefined;
  /** What is shown first. @default the provider's, else the catalog's first */
  readonly defaultCurrency?: Currency | undefined;
  readonly onCurrencyChange?: ((currency: Currency) => void) | undefined;
}

/** The currency to ask for, and who has chosen it. Whoever is billed in one can't buy in another. */
export function useCurrencyChoice(options: CurrencyOptions, access: AccessState | null) {
  const { currency: preferred } = useBilling();
  const [picked, setPicked] = useState<Currency | null>(null);
  const { currency, defaultCurrency, onCurrencyChange } = options;
  const billed = access?.subscriptions.find(isLive)?.currency;
  const first = defaultCurrency ?? access?.subscription?.currency ?? preferred;
  return {
    asked: billed ?? currency ?? picked ?? first,
    isBilled: billed !== undefined,
    /** By the app, which doesn't want to hear about a change: a select would do nothing. */
    isHeld: currency !== undefined && onCurrencyChange === undefined,
    pick(next: Currency): void {
      setPicked(next);
      onCurrencyChange?.(next);
    },
  };
}
