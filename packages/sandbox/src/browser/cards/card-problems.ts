import type { FieldProblem } from "../dom/form-field.js";
import type { Words } from "../messages/en.js";
import { checkCardNumber, cvcLength, decideBrand, toDigits } from "./card-number.js";
import { checkExpiry } from "./typed-expiry.js";

/** A problem's code in Stripe.js, and its sentence. */
type Known = readonly [code: string, word: keyof Words["problem"]];

/** What the customer has typed. It lives in the form's inputs and in one request, and nowhere else. */
export interface CardFields {
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
  readonly name: string;
  readonly country: string;
  readonly postalCode: string;
}

export type CardFieldName = keyof CardFields;

/** Which fields the form shows; a hidden one is never a problem. */
export type ShownFields = ReadonlySet<CardFieldName>;

const postalCodeCountries = new Set(["US", "CA", "GB"]);

/** Stripe asks for a postal code only where card networks check it. */
export function needsPostalCode(country: string): boolean {
  return postalCodeCountries.has(country);
}

const numberProblems = {
  empty: ["incomplete_number", "numberEmpty"],
  incomplete: ["incomplete_number", "numberIncomplete"],
  invalid: ["invalid_number", "numberInvalid"],
  complete: undefined,
} as const satisfies Record<ReturnType<typeof checkCardNumber>, Known | undefined>;

const expiryProblems = {
  empty: ["incomplete_expiry", "expiryEmpty"],
  incomplete: ["incomplete_expiry", "expiryIncomplete"],
  invalid_month: ["invalid_expiry_month", "expiryMonth"],
  past_year: ["invalid_expiry_year_past", "expiryPastYear"],
  past_month: ["invalid_expiry_month_past", "expiryPast"],
  invalid_year: ["invalid_expiry_year", "expiryFar"],
  complete: undefined,
} as const satisfies Record<ReturnType<typeof checkExpiry>, Known | undefined>;

/** Everything that keeps these fields from being paid with, by field. */
export function findProblems(
  fields: CardFields,
  shown: ShownFields,
  today: Date,
  words: Words["problem"],
): Partial<Record<CardFieldName, FieldProblem>> {
  const problems: Partial<Record<CardFieldName, FieldProblem>> = {};
  const note = (name: CardFieldName, known: Known | undefined): void => {
    if (known) problems[name] = { code: known[0], message: words[known[1]] };
  };
  note("number", numberProblems[checkCardNumber(fields.number)]);
  note("expiry", expiryProblems[checkExpiry(fields.expiry, today)]);
  if (toDigits(fields.cvc).length < cvcLength(decideBrand(toDigits(fields.number))))
    note("cvc", ["incomplete_cvc", "cvc"]);
  if (shown.has("name") && fields.name.trim() === "") note("name", ["incomplete_name", "nameOnCard"]);
  if (shown.has("postalCode") && needsPostalCode(fields.country) && fields.postalCode.trim().length < 3)
    note("postalCode", ["incomplete_zip", "postalCode"]);
  return problems;
}
