import type { CardFieldName, CardFields, FieldProblem, ShownFields } from "./card-fields.js";
import { findProblems } from "./card-fields.js";
import { createCardControls } from "./card-form-controls.js";
import { type CardFormField, createCardFormField } from "./card-form-field.js";
import { createNode } from "./create-node.js";
import {
  decideDefaultCountry,
  decideShownFields,
  type PaymentElementOptions,
} from "./payment-element-options.js";
import { type TestCard, testCards } from "./test-cards.js";

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

const labels = {
  number: "Card number",
  expiry: "Expiry",
  cvc: "CVC",
  name: "Name on card",
  country: "Country",
  postalCode: "Postal code",
} satisfies Record<CardFieldName, string>;

const fieldOrder: readonly CardFieldName[] = ["number", "expiry", "cvc", "name", "country", "postalCode"];

export function createCardForm(initial: PaymentElementOptions, onInput: () => void): CardForm {
  let options = initial;
  const { controls, brand, refresh } = createCardControls();
  const fields = Object.fromEntries(
    fieldOrder.map((name) => {
      const decoration = name === "number" ? { decoration: brand } : {};
      return [
        name,
        createCardFormField({ name, label: labels[name], control: controls[name], ...decoration }),
      ];
    }),
  ) as Record<CardFieldName, CardFormField>;
  const billingRow = createNode("div", { class: "Row" }, fields.country.node, fields.postalCode.node);
  const chips = testCards.map((card) => createChip(card, fill));
  const node = createNode(
    "div",
    { class: "Form", role: "group", "aria-label": "Card details" },
    createNode(
      "div",
      { class: "Tools", role: "group", "aria-label": "Test cards" },
      createNode("span", { class: "Mark" }, "Sandbox"),
      ...chips,
    ),
    fields.number.node,
    createNode("div", { class: "Row" }, fields.expiry.node, fields.cvc.node),
    fields.name.node,
    billingRow,
  );

  const read = (): CardFields => ({
    number: controls.number.value,
    expiry: controls.expiry.value,
    cvc: controls.cvc.value,
    name: controls.name.value,
    country: controls.country.value,
    postalCode: controls.postalCode.value,
  });
  const shown = (): ShownFields => decideShownFields(options, controls.country.value);
  const problems = () => findProblems(read(), shown(), new Date());

  function layOut(): void {
    const visible = shown();
    for (const name of fieldOrder) fields[name].node.hidden = !visible.has(name);
    billingRow.hidden = !visible.has("country") && !visible.has("postalCode");
    billingRow.classList.toggle("Row--single", visible.has("country") !== visible.has("postalCode"));
    for (const name of fieldOrder) controls[name].disabled = options.readOnly === true;
    for (const chip of chips) chip.disabled = options.readOnly === true;
  }

  function applyDefaults(): void {
    const billing = options.defaultValues?.billingDetails;
    controls.country.value = decideDefaultCountry(options, navigator.language);
    if (controls.country.selectedIndex === -1) controls.country.value = "US";
    controls.name.value = billing?.name ?? "";
    controls.postalCode.value = billing?.address?.postal_code ?? "";
  }

  function changed(): void {
    refresh();
    layOut();
    onInput();
  }

  function fill(card: TestCard): void {
    controls.number.value = card.number;
    controls.expiry.value = `12 / ${String((new Date().getFullYear() + 4) % 100).padStart(2, "0")}`;
    controls.cvc.value = "123";
    if (controls.name.value === "") controls.name.value = "Test Customer";
    if (controls.postalCode.value === "") controls.postalCode.value = "94107";
    for (const name of fieldOrder) fields[name].showProblem(undefined);
    changed();
  }

  for (const name of fieldOrder) {
    const { control, showProblem } = fields[name];
    control.addEventListener("input", () => {
      showProblem(undefined);
      changed();
    });
    // An untouched field is left alone: a customer tabbing through is not yet wrong.
    control.addEventListener("blur", () => {
      if (control.value !== "") showProblem(problems()[name]);
    });
  }
  applyDefaults();
  layOut();

  return {
    node,
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
      if (next.defaultValues) applyDefaults();
      layOut();
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

function createChip(card: TestCard, fill: (card: TestCard) => void): HTMLButtonElement {
  const chip = createNode("button", { type: "button", class: "Chip", title: card.outcome }, card.label);
  chip.addEventListener("click", () => fill(card));
  return chip;
}
