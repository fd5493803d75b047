import { createTestTools } from "../cards/test-tools.js";
import { createNode } from "../dom/create-node.js";
import { createFormField, createTextInput, type FormField } from "../dom/form-field.js";
import { type MethodPanel, toValidationError } from "../element/method-panel.js";
import type { PaymentElementOptions } from "../element/payment-element-options.js";
import type { Language } from "../words/words-for.js";
import {
  type BankFieldName,
  type BankType,
  bankFields,
  findBankProblem,
  testAccounts,
} from "./bank-fields.js";

const inputs = {
  name: { autocomplete: "name", autocapitalize: "words" },
  email: { autocomplete: "email", inputmode: "email", type: "email" },
  iban: { autocomplete: "off", placeholder: "DE00 0000 0000 0000 0000 00" },
  routingNumber: { autocomplete: "off", inputmode: "numeric", placeholder: "110000000" },
  accountNumber: { autocomplete: "off", inputmode: "numeric", placeholder: "000123456789" },
} satisfies Record<BankFieldName, Record<string, string>>;

/** Pays by a debit of a bank account, which takes a while. */
export function createBankPanel(
  type: BankType,
  initial: PaymentElementOptions,
  { words }: Language,
  onInput: () => void,
): MethodPanel {
  const names: readonly BankFieldName[] = bankFields[type];
  const fields = names.map((name) =>
    createFormField({ name, label: words.field[name], control: createTextInput(inputs[name]) }),
  );
  const textOf = (name: BankFieldName): string =>
    fields.find((field) => field.name === name)?.control.value.trim() ?? "";
  const problemOf = (field: FormField<BankFieldName>) =>
    findBankProblem(field.name, field.control.value, words.problem);
  const tools = createTestTools(
    words,
    words.testAccounts,
    testAccounts[type].map(([number, word]) => ({
      label: words.outcome[word],
      fill: () => fillIn(fields, number, onInput),
    })),
  );
  watch(fields, problemOf, onInput);
  const applyDefaults = ({ defaultValues, readOnly }: PaymentElementOptions): void => {
    const billing = defaultValues?.billingDetails;
    for (const { name, control } of fields) {
      if ((name === "name" || name === "email") && billing?.[name]) control.value = billing[name];
      if (readOnly !== undefined) control.disabled = readOnly;
    }
    if (readOnly !== undefined) tools.setDisabled(readOnly);
  };
  applyDefaults(initial);

  return {
    type,
    node: createNode(
      "div",
      { class: "Panel", role: "group", "aria-label": words.method[type] },
      tools.node,
      ...fields.map((field) => field.node),
    ),
    isEmpty: () => fields.every(({ control }) => control.value === ""),
    isComplete: () => fields.every((field) => problemOf(field) === undefined),
    validate() {
      const wrong = fields.filter((field) => problemOf(field) !== undefined);
      for (const field of wrong) field.showProblem(problemOf(field));
      wrong[0]?.control.focus();
      const problem = wrong[0] && problemOf(wrong[0]);
      return problem && toValidationError(problem);
    },
    data: () => ({
      type,
      ...(type === "sepa_debit"
        ? { sepa_debit: { iban: textOf("iban").replace(/\s/g, "") } }
        : {
            us_bank_account: {
              account_holder_type: "individual",
              account_number: textOf("accountNumber"),
              routing_number: textOf("routingNumber"),
            },
          }),
      billing_details: { name: textOf("name"), email: textOf("email") },
    }),
    update: applyDefaults,
    clear() {
      for (const { control, showProblem } of fields) {
        control.value = "";
        showProblem(undefined);
      }
      onInput();
    },
    focus: () => fields[0]?.control.focus(),
  };
}

function watch(
  fields: readonly FormField<BankFieldName>[],
  problemOf: (field: FormField<BankFieldName>) => ReturnType<typeof findBankProblem>,
  onInput: () => void,
): void {
  for (const field of fields) {
    field.control.addEventListener("input", () => {
      field.showProblem(undefined);
      onInput();
    });
    field.control.addEventListener("blur", () => {
      if (field.control.value !== "") field.showProblem(problemOf(field));
    });
  }
}

function fillIn(fields: readonly FormField<BankFieldName>[], number: string, onInput: () => void): void {
  for (const { name, control, showProblem } of fields) {
    if (name === "iban" || name === "accountNumber") control.value = number;
    if (name === "routingNumber") control.value = "110000000";
    if (name === "name" && control.value === "") control.value = "Test Customer";
    if (name === "email" && control.value === "") control.value = "customer@example.com";
    showProblem(undefined);
  }
  onInput();
}
