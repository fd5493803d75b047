import { formatMoney, type Money } from "@tollgate/core";

/** Left-to-right and right-to-left marks: Intl writes them in the languages that run from right to left. */
const mark = /[\u200e\u200f]/;

/**
 * An amount as the locale writes it. In right-to-left text it is isolated (FSI … PDI), and so is a symbol of Latin
 * letters: "US$" would come out as "$US", and what is around the amount would change places with it.
 * https://www.w3.org/International/questions/qa-bidi-unicode-controls
 */
export function sayMoney(money: Money, locale: string): string {
  const text = formatMoney(money, locale);
  if (!mark.test(text)) return text;
  return `\u2068${text.replace(/[A-Za-z]+\p{Sc}*/u, "\u2068$&\u2069")}\u2069`;
}
