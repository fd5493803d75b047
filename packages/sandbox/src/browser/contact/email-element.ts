import { createNode } from "../dom/create-node.js";
import { createFormField, createTextInput } from "../dom/form-field.js";
import {
  createElementShell,
  type ElementShell,
  type ElementView,
  type StripeElement,
} from "../element/element-shell.js";
import type { Appearance } from "../look/appearance.js";
import type { ApiError } from "../net/api-client.js";
import type { Language } from "../words/words-for.js";

/** What the group around the element may do with it. */
export interface EmailElementController {
  readonly element: StripeElement;
  setAppearance(appearance: Appearance | undefined): void;
  redraw(): void;
  value(): string | undefined;
  validate(): ApiError | undefined;
}

interface EmailElementSetup {
  readonly email: string | undefined;
  readonly appearance: Appearance | undefined;
  readonly language: () => Language;
  readonly onDestroy: () => void;
}

interface EmailView extends ElementView {
  value(): string;
  validate(): ApiError | undefined;
}

/** Asks for an email address, as a LinkAuthenticationElement does; nobody here has an account with Link. */
export function createEmailElement(setup: EmailElementSetup): EmailElementController {
  const shell: ElementShell<EmailView> = createElementShell<EmailView>({
    type: "linkAuthentication",
    appearance: setup.appearance,
    createView: () =>
      createView(setup, (email) =>
        shell.events.emit("change", {
          elementType: "linkAuthentication",
          empty: email === "",
          complete: isEmail(email),
          value: { email },
        }),
      ),
    load: async () => ({}),
    onDestroy: setup.onDestroy,
  });
  return {
    element: shell.element,
    setAppearance: shell.setAppearance,
    redraw: shell.redraw,
    value: () => shell.view()?.value() || undefined,
    validate: () => shell.view()?.validate(),
  };
}

const isEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text);

function createView(setup: EmailElementSetup, onInput: (email: string) => void): EmailView {
  const { words } = setup.language();
  const control = createTextInput({ type: "email", autocomplete: "email" });
  control.value = setup.email ?? "";
  const field = createFormField({ name: "email", label: words.field.email, control });
  control.addEventListener("input", () => {
    field.showProblem(undefined);
    onInput(control.value.trim());
  });
  return {
    node: createNode("div", { class: "Form" }, field.node),
    value: () => control.value.trim(),
    validate() {
      const email = control.value.trim();
      if (isEmail(email)) return undefined;
      const code = email === "" ? "email_incomplete" : "email_invalid";
      const problem = { code, message: email === "" ? words.problem.missing : words.problem.email };
      field.showProblem(problem);
      control.focus();
      return { type: "validation_error", ...problem };
    },
    focus: () => control.focus(),
    clear: () => {
      control.value = "";
      onInput("");
    },
  };
}
