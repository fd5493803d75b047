import type { CardFieldName, ShownFields } from "./card-fields.js";
import type { CardFormField } from "./card-form-field.js";
import { createNode } from "./create-node.js";
import { type TestCard, testCards } from "./test-cards.js";

/** The form's nodes in their rows, with the test cards above. */
export interface CardFormLayout {
  readonly node: HTMLElement;
  /** Shows just these fields, and locks or unlocks everything. */
  arrange(shown: ShownFields, readOnly: boolean): void;
}

export function layOutCardForm(
  fields: Readonly<Record<CardFieldName, CardFormField>>,
  fill: (card: TestCard) => void,
): CardFormLayout {
  const chips = testCards.map((card) => createChip(card, fill));
  const mark = createNode("span", { class: "Mark" }, "Sandbox");
  const tools = createNode(
    "div",
    { class: "Tools", role: "group", "aria-label": "Test cards" },
    mark,
    ...chips,
  );
  const billing = createNode("div", { class: "Row" }, fields.country.node, fields.postalCode.node);
  const node = createNode(
    "div",
    { class: "Form", role: "group", "aria-label": "Card details" },
    tools,
    fields.number.node,
    createNode("div", { class: "Row" }, fields.expiry.node, fields.cvc.node),
    fields.name.node,
    billing,
  );
  return {
    node,
    arrange(shown, readOnly) {
      for (const field of Object.values(fields)) {
        field.node.hidden = !shown.has(field.name);
        field.control.disabled = readOnly;
      }
      for (const chip of chips) chip.disabled = readOnly;
      billing.hidden = !shown.has("country") && !shown.has("postalCode");
      billing.classList.toggle("Row--single", shown.has("country") !== shown.has("postalCode"));
    },
  };
}

function createChip(card: TestCard, fill: (card: TestCard) => void): HTMLButtonElement {
  const chip = createNode("button", { type: "button", class: "Chip", title: card.outcome }, card.label);
  chip.addEventListener("click", () => fill(card));
  return chip;
}
