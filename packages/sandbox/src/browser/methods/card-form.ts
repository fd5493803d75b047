import {
  type CardFieldName,
  type CardFields,
  findProblems,
  type ShownFields,
} from "../cards/card-problems.js";
import type { TestCard } from "../cards/offered-test-cards.js";
import { chooseCountry } from "../dom/country-select.js";
import { createFormField, type FieldProblem, type FormField } from "../dom/form-field.js";
import {
  decideDefaultCountry,
  decideShownFields,
  type PaymentElementOptions,
} from "../element/payment-element-options.js";
import type { Language } from "../words/words-for.js";
import { type CardControls, createCardControls, fillControls } from "./card-form-controls.js";
import { layOutCardForm } from "./card-form-layout.js";

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

export function createCardForm(
  initial: PaymentElementOptions,
  language: Language,
  onInput: () => void,
): CardForm {
  let options = initial;
  const card = createCardControls(language);
  const { controls } = card;
  const fields = createFields(card, language);
  const layout = layOutCardForm(fields, language.words, fill);

  const read = (): CardFields => readControls(controls);
  const shown = (): ShownFields => decideShownFields(options, controls.country.value);
  const problems = () => findProblems(read(), shown(), new Date(), language.words.problem);
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

function createFields(
  { controls, brand }: CardControls,
  { words }: Language,
): Record<CardFieldName, FormField<CardFieldName>> {
  const { number, expiry, cvc, name, country, postalCode } = controls;
  const labels = words.field;
  return {
    number: createFormField({ name: "number", label: labels.number, control: number, decoration: brand }),
    expiry: createFormField({ name: "expiry", label: labels.expiry, control: expiry }),
    cvc: createFormField({ name: "cvc", label: labels.cvc, control: cvc }),
    name: createFormField({ name: "name", label: labels.nameOnCard, control: name }),
    country: createFormField({ name: "country", label: labels.country, control: country }),
    postalCode: createFormField({ name: "postalCode", label: labels.postalCode, control: postalCode }),
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
  fields: Readonly<Record<CardFieldName, FormField<CardFieldName>>>,
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
  chooseCountry(controls.country, decideDefaultCountry(options, navigator.language));
  controls.name.value = billing?.name ?? "";
  controls.postalCode.value = billing?.address?.postal_code ?? "";
}
