import type { FieldProblem } from "../dom/form-field.js";
import type { MethodType } from "../element/method-panel.js";
import type { Words } from "../messages/en.js";

export type BankType = Exclude<MethodType, "card">;
export type BankFieldName = "name" | "email" | "iban" | "routingNumber" | "accountNumber";

/** What each kind of account is asked for, in this order. */
export const bankFields = {
  sepa_debit: ["iban", "name", "email"],
  us_bank_account: ["name", "email", "routingNumber", "accountNumber"],
} as const satisfies Record<BankType, readonly BankFieldName[]>;

/** Test accounts, each with how its debits end. https://docs.stripe.com/testing#bank-debits */
export const testAccounts = {
  sepa_debit: [
    ["DE89370400440532013000", "succeeds"],
    ["DE62370400440532013001", "fails"],
  ],
  us_bank_account: [
    ["000123456789", "succeeds"],
    ["000111111116", "fails"],
  ],
} as const satisfies Record<BankType, ReadonlyArray<readonly [string, keyof Words["outcome"]]>>;

const checks = {
  name: [/\S/, "incomplete_name", "missing"],
  email: [/^\S+@\S+\.\S+$/, "incomplete_email", "email"],
  iban: [/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/, "incomplete_iban", "iban"],
  routingNumber: [/^\d{9}$/, "incomplete_routing_number", "routingNumber"],
  accountNumber: [/^\d{4,17}$/, "incomplete_account_number", "accountNumber"],
} as const satisfies Record<BankFieldName, readonly [RegExp, string, keyof Words["problem"]]>;

/** What is wrong with a field of a bank account, if anything is. */
export function findBankProblem(
  name: BankFieldName,
  value: string,
  words: Words["problem"],
): FieldProblem | undefined {
  const [pattern, code, word] = checks[name];
  const text = name === "iban" ? value.replace(/\s/g, "").toUpperCase() : value.trim();
  return pattern.test(text) ? undefined : { code, message: words[text === "" ? "missing" : word] };
}
