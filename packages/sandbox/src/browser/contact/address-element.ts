import { IntegrationError } from "../dom/integration-error.js";
import { createElementShell, type ElementShell, type StripeElement } from "../element/element-shell.js";
import type { Appearance } from "../look/appearance.js";
import type { ApiError } from "../net/api-client.js";
import type { Language } from "../words/words-for.js";
import { type AddressForm, type AddressValue, createAddressForm } from "./address-form.js";
import type { AddressElementOptions } from "./decide-address-fields.js";

export type AddressMode = "billing" | "shipping";

interface AddressState {
  readonly complete: boolean;
  readonly isNewAddress: boolean;
  readonly value: AddressValue;
}

/** Stripe's `StripeAddressElement`. */
export interface AddressElement extends StripeElement {
  update(options: AddressElementOptions): AddressElement;
  /** Validates, and resolves with what was typed so far. */
  getValue(): Promise<AddressState>;
}

/** What the group around the element may do with it. */
export interface AddressElementController {
  readonly element: AddressElement;
  readonly mode: AddressMode;
  setAppearance(appearance: Appearance | undefined): void;
  redraw(): void;
  /** Undefined while it is not mounted. */
  value(): AddressValue | undefined;
  isComplete(): boolean;
  /** Shows what is missing, if anything is. */
  validate(): ApiError | undefined;
}

interface AddressElementSetup {
  readonly mode: AddressMode;
  readonly options: AddressElementOptions;
  readonly appearance: Appearance | undefined;
  readonly language: () => Language;
  readonly onChange?: (state: AddressState) => void;
  readonly onDestroy: () => void;
}

export function createAddressElement(setup: AddressElementSetup): AddressElementController {
  const { mode } = setup;
  let options: AddressElementOptions = { ...setup.options, mode };
  let last = "";

  function changed(form: AddressForm | undefined): void {
    if (!form) return;
    const state = stateOf(form);
    const event = { elementType: "address", elementMode: mode, empty: form.isEmpty(), ...state };
    const text = JSON.stringify(event);
    if (text === last) return;
    last = text;
    shell.events.emit("change", event);
    setup.onChange?.(state);
  }

  const shell: ElementShell<AddressForm> = createElementShell<AddressForm>({
    type: "address",
    appearance: setup.appearance,
    createView: () => createAddressForm(options, setup.language(), () => changed(shell.view())),
    async load(form) {
      last = "";
      // Stripe.js reports prefilled values once the element is drawn. https://docs.stripe.com/js/element/events/on_change?type=address_element
      setTimeout(() => changed(shell.view() === form && !form.isEmpty() ? form : undefined), 0);
      return {};
    },
    onDestroy: setup.onDestroy,
  });

  const element: AddressElement = Object.assign(shell.element, {
    update(next: AddressElementOptions) {
      options = { ...options, ...next, mode };
      shell.view()?.update(next);
      return element;
    },
    async getValue() {
      const form = shell.view();
      if (!form) throw new IntegrationError("The AddressElement must be mounted before its value is read.");
      form.validate();
      return stateOf(form);
    },
  });

  return {
    element,
    mode,
    setAppearance: shell.setAppearance,
    redraw: shell.redraw,
    value: () => shell.view()?.value(),
    isComplete: () => shell.view()?.isComplete() ?? false,
    validate() {
      const form = shell.view();
      if (!form || form.validate()) return undefined;
      const { words } = setup.language();
      return { type: "validation_error", code: "incomplete_address", message: words.problem.missing };
    },
  };
}

function stateOf(form: AddressForm): AddressState {
  return { complete: form.isComplete(), isNewAddress: true, value: form.value() };
}
