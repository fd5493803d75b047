/** @jsxImportSource hono/jsx */
import { en, type Messages } from "../messages/en.js";
import type { CardFormErrors, CardFormValues } from "./read-card-form.js";

type FieldProps = {
  name: string;
  label: string;
  autocomplete: string;
  value?: string | undefined;
  error?: string | undefined;
  placeholder?: string;
  numeric?: boolean;
  type?: "email" | "tel" | "text";
  readonly?: boolean;
};

/** A label, its input, and its error tied to it. */
export const Field = ({ name, label, error, numeric, value, type = "text", ...rest }: FieldProps) => (
  <div class="field">
    <label for={`field-${name}`}>{label}</label>
    <input
      id={`field-${name}`}
      name={name}
      type={type}
      value={value ?? ""}
      spellcheck={false}
      {...(numeric ? { inputmode: "numeric" as const } : {})}
      {...(error ? { "aria-invalid": "true" as const, "aria-describedby": `error-${name}` } : {})}
      {...rest}
    />
    {error ? (
      <p class="error" id={`error-${name}`} role="alert">
        {error}
      </p>
    ) : null}
  </div>
);

type CardFieldsProps = {
  values: CardFormValues;
  errors: CardFormErrors;
  legend?: string;
  /** @default English */
  text?: Messages;
};

/** The card form of every hosted page. A number and a CVC are never written back into a page. */
export const CardFields = ({ values, errors, text = en, legend = text.card.legend }: CardFieldsProps) => (
  <fieldset class="group" data-card>
    <legend>{legend}</legend>
    <TestCards text={text} />
    <Field
      name="number"
      label={text.card.number}
      autocomplete="cc-number"
      placeholder="1234 1234 1234 1234"
      numeric
      error={errors.number}
    />
    <div class="pair">
      <Field
        name="expiry"
        label={text.card.expiry}
        autocomplete="cc-exp"
        placeholder={text.card.expiryHint}
        numeric
        value={values.expiry}
        error={errors.expiry}
      />
      <Field
        name="cvc"
        label={text.card.cvc}
        autocomplete="cc-csc"
        placeholder="123"
        numeric
        error={errors.cvc}
      />
    </div>
    <Field
      name="name"
      label={text.card.name}
      autocomplete="cc-name"
      value={values.name}
      error={errors.name}
    />
  </fieldset>
);

/** https://docs.stripe.com/testing lists them all; these are the ones that a billing flow meets. */
const testCards = [
  ["4242424242424242", "succeeds", "succeedsHint"],
  ["4000002500003155", "authenticate", "authenticateHint"],
  ["4000000000000002", "declined", "declinedHint"],
  ["4000000000009995", "funds", "fundsHint"],
  ["4000000000000341", "later", "laterHint"],
  ["4000000000000069", "expired", "expiredHint"],
  ["4000000000000127", "wrongCvc", "wrongCvcHint"],
] as const satisfies ReadonlyArray<readonly [string, keyof Messages["card"], keyof Messages["card"]]>;

// Without the page's script the buttons could do nothing, so it is the script that shows them.
const TestCards = ({ text }: { text: Messages }) => (
  // biome-ignore lint/a11y/useSemanticElements: a nested fieldset would announce two groups for one form
  <div class="chips" role="group" aria-label={text.card.testCards} data-chips hidden>
    <span>{text.card.testCards}</span>
    {testCards.map(([number, label, hint]) => (
      <button key={number} type="button" class="chip" data-number={number} title={text.card[hint]}>
        {text.card[label]}
      </button>
    ))}
  </div>
);
