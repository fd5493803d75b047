import { createNode } from "./create-node.js";

/** What keeps a field from being used. */
export interface FieldProblem {
  /** Stripe.js's own code for the same mistake. */
  readonly code: string;
  readonly message: string;
}

/** A label, its control and the place for its error. */
export interface FormField<Name extends string = string> {
  readonly name: Name;
  readonly node: HTMLElement;
  readonly control: HTMLInputElement | HTMLSelectElement;
  showProblem(problem: FieldProblem | undefined): void;
}

interface FieldOptions<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly control: HTMLInputElement | HTMLSelectElement;
  /** Drawn over the control's end, such as the card's brand. */
  readonly decoration?: HTMLElement;
}

/** Wears Stripe's class names, so that a page's Appearance rules apply as written. */
export function createFormField<Name extends string>(options: FieldOptions<Name>): FormField<Name> {
  const { name, label, control, decoration } = options;
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

/** A text input for payment data: never spell-checked. A floating label needs the blank placeholder. */
export function createTextInput(attributes: Readonly<Record<string, string>>): HTMLInputElement {
  return createNode("input", {
    type: "text",
    spellcheck: "false",
    autocapitalize: "off",
    placeholder: " ",
    ...attributes,
  });
}
