/** Digits after the point, as the currency has them: 2 for dollars, none for yen. */
export function decimalsOf(currency: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** `amount` in the currency's minor unit, as the language writes it. */
export function formatAmount(amount: number, currency: string, tag: string): string {
  const format = new Intl.NumberFormat(tag, { style: "currency", currency });
  return format.format(amount / 10 ** decimalsOf(currency));
}
