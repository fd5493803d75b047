import { toDigits } from "./card-number.js";

/** What a customer typed as a card's expiry, understood. `year` has four digits. */
export interface CardExpiry {
  readonly month: number;
  readonly year: number;
}

/** Writes `MM / YY` while typing: `4` → `04 / `, `1226` → `12 / 26`. Deleting past the slash works. */
export function formatExpiry(text: string, previous = ""): string {
  let digits = toDigits(text);
  // An autofilled "12/2030" carries a four-digit year.
  if (digits.length === 6 && digits.slice(2, 4) === "20") digits = digits.slice(0, 2) + digits.slice(4);
  if (/^[2-9]/.test(digits)) digits = `0${digits}`;
  if (/^1\s*\/$/.test(text)) digits = "01";
  digits = digits.slice(0, 4);
  const isDeleting = previous.startsWith(text) && previous !== text;
  if (digits.length < 2) return digits;
  if (digits.length === 2) return isDeleting ? digits : `${digits} / `;
  return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
}

export function parseExpiry(text: string): CardExpiry | undefined {
  const digits = toDigits(text);
  if (digits.length !== 4) return undefined;
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) };
}

/** A card is good through the last day of its month. */
export function checkExpiry(
  text: string,
  today: Date,
): "empty" | "incomplete" | "invalid_month" | "past_year" | "past_month" | "invalid_year" | "complete" {
  const digits = toDigits(text);
  if (digits === "") return "empty";
  const expiry = parseExpiry(text);
  if (expiry === undefined) return "incomplete";
  if (expiry.month < 1 || expiry.month > 12) return "invalid_month";
  const year = today.getFullYear();
  if (expiry.year < year) return "past_year";
  if (expiry.year > year + 50) return "invalid_year";
  return expiry.year === year && expiry.month < today.getMonth() + 1 ? "past_month" : "complete";
}
