/** @jsxImportSource hono/jsx */
import type { PaymentMethod } from "../../engine/world/wire.js";
import { CardFields, Field } from "../cards/card-fields.js";
import type { Messages } from "../messages/en.js";
import type { Refusal } from "../payer/payer-part.js";
import type { OpenCheckout } from "./open-checkout.js";

type MethodFieldsProps = Pick<OpenCheckout, "debit" | "language" | "saved"> & Refusal;

/** A saved card, a new one, or a bank account. Which of them is shown follows from the choice, without a script. */
export const MethodFields = ({ saved, debit, language, values, errors }: MethodFieldsProps) => {
  const { text } = language;
  const chosen = values.method ?? saved[0]?.id ?? "card";
  const choices: Array<[value: string, label: string]> = [
    ...saved.map((method): [string, string] => [method.id, describeCard(method, text)]),
    ["card", saved.length > 0 ? text.pay.newCard : text.card.legend],
    ...(debit
      ? [["bank", text.pay[debit === "sepa_debit" ? "bankDebit" : "bankDebitUs"]] as [string, string]]
      : []),
  ];
  return (
    <>
      {choices.length > 1 ? (
        <fieldset class="choices">
          <legend>{text.pay.method}</legend>
          {choices.map(([value, label]) => (
            <label key={value} class="choice">
              <input type="radio" name="method" value={value} checked={value === chosen} />
              <span>{label}</span>
            </label>
          ))}
          {errors.method ? (
            <p class="error" role="alert">
              {errors.method}
            </p>
          ) : null}
        </fieldset>
      ) : null}
      <CardFields values={values} errors={errors} text={text} />
      {debit ? <BankFields debit={debit} text={text} values={values} errors={errors} /> : null}
    </>
  );
};

function describeCard({ card }: PaymentMethod, { pay }: Messages): string {
  const brand = (card?.brand ?? "card").replace(/^./, (letter) => letter.toUpperCase());
  const month = String(card?.exp_month ?? 1).padStart(2, "0");
  return `${pay.savedCard(brand, card?.last4 ?? "")} · ${pay.expires(`${month}/${card?.exp_year ?? ""}`)}`;
}

/** https://docs.stripe.com/payments/sepa-debit/accept-a-payment#test-integration and …/ach-direct-debit */
const testAccounts = {
  sepa_debit: [
    ["DE89370400440532013000", "accountSucceeds"],
    ["DE08370400440532013003", "accountLater"],
    ["DE62370400440532013001", "accountFails"],
  ],
  us_bank_account: [
    ["000123456789", "accountSucceeds"],
    ["000111111116", "accountFails"],
  ],
} as const;

type BankFieldsProps = Pick<Refusal, "errors" | "values"> & {
  debit: NonNullable<OpenCheckout["debit"]>;
  text: Messages;
};

const BankFields = ({ debit, text, values, errors }: BankFieldsProps) => (
  <fieldset class="group" data-bank>
    <legend>{text.pay[debit === "sepa_debit" ? "bankDebit" : "bankDebitUs"]}</legend>
    {/* biome-ignore lint/a11y/useSemanticElements: a nested fieldset would announce two groups for one form */}
    <div class="chips" role="group" aria-label={text.pay.testAccounts} data-chips hidden>
      <span>{text.pay.testAccounts}</span>
      {testAccounts[debit].map(([account, label]) => (
        <button key={account} type="button" class="chip" data-account={account}>
          {text.pay[label]}
        </button>
      ))}
    </div>
    <Field
      name="account"
      label={debit === "sepa_debit" ? text.pay.iban : text.pay.accountNumber}
      autocomplete="off"
      value={values.account}
      error={errors.account}
    />
    <Field
      name="holder"
      label={text.pay.accountHolder}
      autocomplete="name"
      value={values.holder}
      error={errors.holder}
    />
    <p class="fine">{text.pay.mandate}</p>
  </fieldset>
);
