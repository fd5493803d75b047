import { checkExpiry } from "./card-expiry.js";
import { checkCardNumber, cvcLength, decideBrand, toDigits } from "./card-number.js";

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

export interface FieldProblem {
  /** Stripe.js's own code for the same mistake. */
  readonly code: string;
  readonly message: string;
}

/** Which fields the form shows; a hidden one is never a problem. */
export type ShownFields = ReadonlySet<CardFieldName>;

const postalCodeCountries = new Set(["US", "CA", "GB"]);

/** Stripe asks for a postal code only where card networks check it. */
export function needsPostalCode(country: string): boolean {
  return postalCodeCountries.has(country);
}

const numberProblems = {
  empty: { code: "incomplete_number", message: "Enter your card number." },
  incomplete: { code: "incomplete_number", message: "Your card number is incomplete." },
  invalid: { code: "invalid_number", message: "Your card number is invalid. Check it for a typing mistake." },
  complete: undefined,
} satisfies Record<ReturnType<typeof checkCardNumber>, FieldProblem | undefined>;

const expiryProblems = {
  empty: { code: "incomplete_expiry", message: "Enter your card’s expiry date." },
  incomplete: { code: "incomplete_expiry", message: "Your card’s expiry date is incomplete." },
  invalid_month: { code: "invalid_expiry_month", message: "Your card’s expiry month must be 01 to 12." },
  past_year: { code: "invalid_expiry_year_past", message: "Your card’s expiry year is in the past." },
  past_month: { code: "invalid_expiry_month_past", message: "Your card’s expiry date is in the past." },
  invalid_year: { code: "invalid_expiry_year", message: "Your card’s expiry year is too far ahead." },
  complete: undefined,
} satisfies Record<ReturnType<typeof checkExpiry>, FieldProblem | undefined>;

/** Everything that keeps these fields from being paid with, by field. */
export function findProblems(
  fields: CardFields,
  shown: ShownFields,
  today: Date,
): Partial<Record<CardFieldName, FieldProblem>> {
  const problems: Partial<Record<CardFieldName, FieldProblem>> = {};
  const number = numberProblems[checkCardNumber(fields.number)];
  if (number) problems.number = number;
  const expiry = expiryProblems[checkExpiry(fields.expiry, today)];
  if (expiry) problems.expiry = expiry;
  if (toDigits(fields.cvc).length < cvcLength(decideBrand(toDigits(fields.number)))) {
    problems.cvc = { code: "incomplete_cvc", message: "Your card’s security code is incomplete." };
  }
  if (shown.has("name") && fields.name.trim() === "") {
    problems.name = { code: "incomplete_name", message: "Enter the name on your card." };
  }
  if (shown.has("postalCode") && needsPostalCode(fields.country) && fields.postalCode.trim().length < 3) {
    problems.postalCode = { code: "incomplete_zip", message: "Your postal code is incomplete." };
  }
  return problems;
}
