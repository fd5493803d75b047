/** @jsxImportSource hono/jsx */
import { testCards } from "../browser/test-cards.js";
import type { CardFormErrors, CardFormValues } from "./read-card-form.js";

type FieldProps = {
  name: string;
  label: string;
  autocomplete: string;
  value?: string | undefined;
  error?: string | undefined;
  placeholder?: string;
  numeric?: boolean;
  type?: "email" | "text";
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

type CardFieldsProps = { values: CardFormValues; errors: CardFormErrors; legend?: string };

/** The card form of every hosted page. A number and a CVC are never written back into a page. */
export const CardFields = ({ values, errors, legend = "Card" }: CardFieldsProps) => (
  <fieldset class="group" data-card>
    <legend>{legend}</legend>
    <TestCards />
    <Field
      name="number"
      label="Card number"
      autocomplete="cc-number"
      placeholder="1234 1234 1234 1234"
      numeric
      error={errors.number}
    />
    <div class="pair">
      <Field
        name="expiry"
        label="Expiry"
        autocomplete="cc-exp"
        placeholder="MM / YY"
        numeric
        value={values.expiry}
        error={errors.expiry}
      />
      <Field name="cvc" label="CVC" autocomplete="cc-csc" placeholder="CVC" numeric error={errors.cvc} />
    </div>
    <Field name="name" label="Name on card" autocomplete="cc-name" value={values.name} error={errors.name} />
  </fieldset>
);

// Without the page's script the buttons could do nothing, so the script is what shows them.
const TestCards = () => (
  // biome-ignore lint/a11y/useSemanticElements: a nested fieldset would announce two groups for one form
  <div class="chips" role="group" aria-label="Test cards" data-chips hidden>
    <span>Test cards</span>
    {testCards.map((card) => (
      <button key={card.number} type="button" class="chip" data-number={card.number} title={card.outcome}>
        {card.label}
      </button>
    ))}
  </div>
);
