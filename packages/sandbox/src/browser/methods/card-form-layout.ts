import type { CardFieldName, ShownFields } from "../cards/card-problems.js";
import { type TestCard, testCards } from "../cards/offered-test-cards.js";
import { createTestTools } from "../cards/test-tools.js";
import { createNode } from "../dom/create-node.js";
import type { FormField } from "../dom/form-field.js";
import type { Words } from "../messages/en.js";

/** The form's nodes in their rows, with the test cards above. */
export interface CardFormLayout {
  readonly node: HTMLElement;
  /** Shows just these fields, and locks or unlocks everything. */
  arrange(shown: ShownFields, readOnly: boolean): void;
}

export function layOutCardForm(
  fields: Readonly<Record<CardFieldName, FormField>>,
  words: Words,
  fill: (card: TestCard) => void,
): CardFormLayout {
  const tools = createTestTools(
    words,
    words.testCards,
    testCards.map((card) => ({
      label: words.outcome[card.word],
      hint: card.outcome,
      fill: () => fill(card),
    })),
  );
  const billing = createNode("div", { class: "Row" }, fields.country.node, fields.postalCode.node);
  const node = createNode(
    "div",
    { class: "Panel", role: "group", "aria-label": words.field.cardDetails },
    tools.node,
    createNode(
      "div",
      { class: "Joined" },
      fields.number.node,
      createNode("div", { class: "Row" }, fields.expiry.node, fields.cvc.node),
    ),
    fields.name.node,
    billing,
  );
  return {
    node,
    arrange(shown, readOnly) {
      for (const [name, field] of Object.entries(fields)) {
        field.node.hidden = !shown.has(name as CardFieldName);
        field.control.disabled = readOnly;
      }
      tools.setDisabled(readOnly);
      billing.hidden = !shown.has("country") && !shown.has("postalCode");
      billing.classList.toggle("Row--single", shown.has("country") !== shown.has("postalCode"));
    },
  };
}
