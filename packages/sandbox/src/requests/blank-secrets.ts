import { readTestCard } from "../engine/methods/test-cards.js";
import { StripeError } from "../engine/world/stripe-error.js";

/** What stands in a secret's place. */
const blanked = "[blanked]";

/** Parameters whose values are secret whatever they look like. */
const secretNames =
  /^(account_number|authentication_token|client_secret|cvc|iban|password|secret|signing_secret)$/;

/** Keys, signing secrets, client secrets, tokens and passwords in any text. */
const secretTexts: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b((?:sk|rk|ek)_(?:test|live)_)\w+/g, `$1${blanked}`],
  [/\bwhsec_[\w+/=]+/g, `whsec_${blanked}`],
  [/\b((?:pi|seti|cs|cuss|src|in)_\w+?_secret_)\w+/g, `$1${blanked}`],
  [/\b(Bearer|Basic)\s+(?=[\w.~+/-]*[\d=])[\w.~+/=-]{12,}/gi, `$1 ${blanked}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, blanked],
  [/\b(\w+:\/\/[^\s:/@"']+):[^\s/@"']+@/g, `$1:${blanked}@`],
  [
    /(["']?\b(?:[\w-]*[_-])?(?:password|passwd|secret|api[_-]?key|access[_-]?token|authorization|cookie)["']?\s*[:=]\s*["']?)(?!\[blanked\]|null\b)[^\s"',;&<>{}[\]]+/gi,
    `$1${blanked}`,
  ],
];

/** A number that may be a card's: 13 to 19 digits, in groups or not. */
const cardLike = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

/** Whether a number may be a real card's: Stripe's own test cards are no secret, and a request needs them. */
const isRealCard = (digits: string): boolean => {
  try {
    readTestCard(digits);
    return false;
  } catch (error) {
    return error instanceof StripeError && error.body.code === "card_declined";
  }
};

const blankCard = (number: string): string => {
  const digits = number.replaceAll(/\D/g, "");
  return isRealCard(digits) ? `${"*".repeat(digits.length - 4)}${digits.slice(-4)}` : number;
};

/** A text without what nobody should read over a shoulder or paste into an issue. */
export const blankText = (text: string): string =>
  secretTexts
    .reduce((left, [pattern, instead]) => left.replaceAll(pattern, instead), text)
    .replaceAll(cardLike, blankCard);

/** A request's parameters without secrets, at any depth. */
export const blankParams = (value: unknown, name = ""): unknown => {
  if (Array.isArray(value)) return value.map((item) => blankParams(item, name));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, blankParams(item, key)]));
  if (typeof value !== "string" || value === "") return value;
  return secretNames.test(name) ? blanked : blankText(value);
};
