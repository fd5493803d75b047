import type { CardFieldName, FieldProblem } from "./card-fields.js";
import { createNode } from "./create-node.js";

/** A label, its control and the place for its error. */
export interface CardFormField {
  readonly name: CardFieldName;
  readonly node: HTMLElement;
  readonly control: HTMLInputElement | HTMLSelectElement;
  showProblem(problem: FieldProblem | undefined): void;
}

interface FieldOptions {
  readonly name: CardFieldName;
  readonly label: string;
  readonly control: HTMLInputElement | HTMLSelectElement;
  /** Drawn over the control's end, such as the card's brand. */
  readonly decoration?: HTMLElement;
}

export function createCardFormField({ name, label, control, decoration }: FieldOptions): CardFormField {
  const id = `Field-${name}Input`;
  const errorId = `Field-${name}Error`;
  control.id = id;
  control.classList.add("Input");
  const labelNode = createNode("label", { for: id, class: "Label" }, label);
  const error = createNode("p", { id: errorId, class: "Error", "aria-live": "polite" });
  const box = createNode("div", { class: "Number" }, control, ...(decoration ? [decoration] : []));
  const node = createNode("div", { class: "Field", "data-field": name }, labelNode, box, error);

  return {
    name,
    node,
    control,
    showProblem(problem) {
      const invalid = problem !== undefined;
      control.classList.toggle("Input--invalid", invalid);
      labelNode.classList.toggle("Label--invalid", invalid);
      error.textContent = problem?.message ?? "";
      if (invalid) {
        control.setAttribute("aria-invalid", "true");
        control.setAttribute("aria-describedby", errorId);
        return;
      }
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    },
  };
}

/** A text input for payment data: never remembered by the page, never spell-checked. */
export function createCardInput(attributes: Readonly<Record<string, string>>): HTMLInputElement {
  return createNode("input", { type: "text", spellcheck: "false", autocapitalize: "off", ...attributes });
}
