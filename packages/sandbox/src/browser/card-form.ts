import type { CardFieldName, CardFields, FieldProblem, ShownFields } from "./card-fields.js";
import { findProblems } from "./card-fields.js";
import { type CardControls, createCardControls, fillControls } from "./card-form-controls.js";
import { type CardFormField, createCardFormField } from "./card-form-field.js";
import { layOutCardForm } from "./card-form-layout.js";
import {
  decideDefaultCountry,
  decideShownFields,
  type PaymentElementOptions,
} from "./payment-element-options.js";
import type { TestCard } from "./test-cards.js";

/** The card form inside a PaymentElement. */
export interface CardForm {
  readonly node: HTMLElement;
  read(): CardFields;
  shown(): ShownFields;
  problems(): Partial<Record<CardFieldName, FieldProblem>>;
  /** Shows every problem and puts the focus on the first one. */
  showProblems(): void;
  update(options: PaymentElementOptions): void;
  clear(): void;
  focus(): void;
}

const fieldOrder: readonly CardFieldName[] = ["number", "expiry", "cvc", "name", "country", "postalCode"];

export function createCardForm(initial: PaymentElementOptions, onInput: () => void): CardForm {
  let options = initial;
  const card = createCardControls();
  const { controls } = card;
  const fields = createFields(card);
  const layout = layOutCardForm(fields, fill);

  const read = (): CardFields => readControls(controls);
  const shown = (): ShownFields => decideShownFields(options, controls.country.value);
  const problems = () => findProblems(read(), shown(), new Date());
  const arrange = (): void => layout.arrange(shown(), options.readOnly === true);

  function changed(): void {
    card.refresh();
    arrange();
    onInput();
  }

  function fill(testCard: TestCard): void {
    fillControls(controls, testCard);
    for (const name of fieldOrder) fields[name].showProblem(undefined);
    changed();
  }

  watchFields(fields, problems, changed);
  applyDefaults(controls, options);
  arrange();

  return {
    node: layout.node,
    read,
    shown,
    problems,
    showProblems() {
      const found = problems();
      for (const name of fieldOrder) fields[name].showProblem(found[name]);
      const first = fieldOrder.find((name) => found[name] !== undefined);
      if (first) fields[first].control.focus();
    },
    update(next) {
      options = { ...options, ...next };
      if (next.defaultValues) applyDefaults(controls, options);
      arrange();
    },
    clear() {
      for (const name of ["number", "expiry", "cvc"] as const) {
        controls[name].value = "";
        fields[name].showProblem(undefined);
      }
      changed();
    },
    focus: () => controls.number.focus(),
  };
}

function createFields({ controls, brand }: CardControls): Record<CardFieldName, CardFormField> {
  const { number, expiry, cvc, name, country, postalCode } = controls;
  return {
    number: createCardFormField({ name: "number", label: "Card number", control: number, decoration: brand }),
    expiry: createCardFormField({ name: "expiry", label: "Expiry", control: expiry }),
    cvc: createCardFormField({ name: "cvc", label: "CVC", control: cvc }),
    name: createCardFormField({ name: "name", label: "Name on card", control: name }),
    country: createCardFormField({ name: "country", label: "Country", control: country }),
    postalCode: createCardFormField({ name: "postalCode", label: "Postal code", control: postalCode }),
  };
}

function readControls(controls: CardControls["controls"]): CardFields {
  const { number, expiry, cvc, name, country, postalCode } = controls;
  return {
    number: number.value,
    expiry: expiry.value,
    cvc: cvc.value,
    name: name.value,
    country: country.value,
    postalCode: postalCode.value,
  };
}

function watchFields(
  fields: Readonly<Record<CardFieldName, CardFormField>>,
  problems: CardForm["problems"],
  changed: () => void,
): void {
  for (const { name, control, showProblem } of Object.values(fields)) {
    control.addEventListener("input", () => {
      showProblem(undefined);
      changed();
    });
    // An untouched field is left alone: a customer tabbing through is not yet wrong.
    control.addEventListener("blur", () => {
      if (control.value !== "") showProblem(problems()[name]);
    });
  }
}

function applyDefaults(controls: CardControls["controls"], options: PaymentElementOptions): void {
  const billing = options.defaultValues?.billingDetails;
  controls.country.value = decideDefaultCountry(options, navigator.language);
  if (controls.country.selectedIndex === -1) controls.country.value = "US";
  controls.name.value = billing?.name ?? "";
  controls.postalCode.value = billing?.address?.postal_code ?? "";
}
