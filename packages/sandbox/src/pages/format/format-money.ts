/** For callers that name no language. */
const english = "en-US";

/** `amount` in the currency's minor unit (cents, yen, thousandths of a dinar) as people write it. */
export function formatMoney(amount: number, currency: string, locale = english): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency: currency.toUpperCase() });
  return format.format(amount / 10 ** minorDigits(format, currency));
}

// Stripe counts these in hundredths though they are written without: https://docs.stripe.com/currencies#special-cases
const hundredthsDespiteIso = new Set(["isk", "ugx"]);

function minorDigits(format: Intl.NumberFormat, currency: string): number {
  if (hundredthsDespiteIso.has(currency.toLowerCase())) return 2;
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** A day in full, `December 5, 2026`, or for tables `Dec 5, 2026`. Times are UTC, as Stripe's are. */
export function formatDay(seconds: number, length: "full" | "short" = "full", locale = english): string {
  const dateStyle = length === "full" ? "long" : "medium";
  return new Intl.DateTimeFormat(locale, { dateStyle, timeZone: "UTC" }).format(seconds * 1000);
}

const intervals = ["day", "week", "month", "year"] as const;

export type Interval = (typeof intervals)[number];

/** Stripe's enums are open; a price without a known interval reads as a monthly one. */
export function toInterval(text: string | undefined): Interval {
  return intervals.find((interval) => interval === text) ?? "month";
}

/** `12.5` as `12.5%`, or as the language writes it. */
export function formatPercent(percent: number, locale = english): string {
  const format = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  return format.format(percent / 100);
}
