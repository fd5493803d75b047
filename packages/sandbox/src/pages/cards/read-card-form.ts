import { toDigits } from "../../browser/cards/card-number.js";
import { findProblems } from "../../browser/cards/card-problems.js";
import { checkExpiry, parseExpiry } from "../../browser/cards/typed-expiry.js";
import type { FieldProblem } from "../../browser/dom/form-field.js";
import { en as elementWords } from "../../browser/messages/en.js";
import type { CardInput } from "../../engine/paying/pay-checkout-session.js";
import { en, type Messages } from "../messages/en.js";

/** What a page may write back after a refusal: everything but the number and the CVC. */
export interface CardFormValues {
  readonly email?: string | undefined;
  readonly expiry?: string | undefined;
  readonly name?: string | undefined;
}

export type CardFormErrors = Partial<Record<"email" | "number" | "expiry" | "cvc" | "name", string>>;

export type CardFormResult =
  | { readonly card: CardInput; readonly values: CardFormValues }
  | { readonly errors: CardFormErrors; readonly values: CardFormValues };

/** Reads a posted card form. `today` decides what has expired; problems are put in the words of `text`. */
export function readCardForm(form: FormData, today: Date, text: Messages = en): CardFormResult {
  const read = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const values: CardFormValues = { email: read("email"), expiry: read("expiry"), name: read("name") };
  const fields = { number: read("number"), expiry: read("expiry"), cvc: read("cvc"), name: read("name") };
  const problems = findProblems(
    { ...fields, country: "", postalCode: "" },
    new Set(["number", "expiry", "cvc", "name"]),
    today,
    elementWords.problem,
  );
  const errors: CardFormErrors = {};
  for (const name of ["number", "expiry", "cvc", "name"] as const) {
    const problem = problems[name];
    if (problem) errors[name] = sayProblem(problem, text);
  }
  const expiry = checkExpiry(fields.expiry, today) === "complete" ? parseExpiry(fields.expiry) : undefined;
  if (Object.keys(errors).length > 0 || !expiry) return { errors, values };
  const card = {
    number: toDigits(fields.number),
    exp_month: expiry.month,
    exp_year: expiry.year,
    cvc: toDigits(fields.cvc),
  };
  return { card, values };
}

/** A problem's own words where the catalogue has its code. */
function sayProblem({ code, message }: FieldProblem, { problem }: Messages): string {
  return Object.hasOwn(problem, code) ? problem[code as keyof Messages["problem"]] : message;
}

/** Looks like an address that mail could reach; the mail server has the last word. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
