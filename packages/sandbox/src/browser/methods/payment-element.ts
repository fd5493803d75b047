import type { EventEmitter } from "../dom/event-emitter.js";
import { IntegrationError } from "../dom/integration-error.js";
import { createElementShell, type ElementShell, type StripeElement } from "../element/element-shell.js";
import type { Params, SavedMethod } from "../element/method-panel.js";
import type { PaymentContext } from "../element/payment-context.js";
import type { PaymentElementOptions } from "../element/payment-element-options.js";
import type { Appearance } from "../look/appearance.js";
import type { ApiError } from "../net/api-client.js";
import type { Language } from "../words/words-for.js";
import { createPaymentForm, type PaymentChoice, type PaymentForm } from "./payment-form.js";

/** The element that a page holds: Stripe's `StripePaymentElement`. */
export interface PaymentElement extends StripeElement {
  update(options: PaymentElementOptions): PaymentElement;
  collapse(): PaymentElement;
}

/** What the group around the element may do with it, and a page may not. */
export interface PaymentElementController {
  readonly element: PaymentElement;
  setAppearance(appearance: Appearance | undefined): void;
  /** Asks again what may be paid with; resolves to why that can't be known, if it can't. */
  reload(): Promise<ApiError | undefined>;
  /** Draws the form again, in another language, say. */
  redraw(): void;
  /** Hides the fields that another element of the group asks for. */
  hideAddress(hidden: boolean): void;
  /** Whether it could be confirmed, without showing what is missing. */
  isComplete(): boolean;
  /** What is paid with, or what is wrong with it; a problem is also shown in the form. */
  choose(): PaymentChoice | { readonly error: ApiError };
}

interface PaymentElementSetup {
  readonly options: PaymentElementOptions;
  readonly appearance: Appearance | undefined;
  readonly language: () => Language;
  readonly load: () => Promise<{ readonly error: ApiError } | { readonly context: PaymentContext }>;
  /** Forgets a saved method for good; resolves to why that was refused, if it was. */
  readonly remove: (method: SavedMethod) => Promise<ApiError | undefined>;
  readonly onChange: () => void;
  readonly onDestroy: () => void;
}

export function createPaymentElement(setup: PaymentElementSetup): PaymentElementController {
  let options = setup.options;
  let addressHidden = false;
  let lastChange = "";

  const effective = (): PaymentElementOptions => (addressHidden ? withoutAddress(options) : options);

  async function fill(form: PaymentForm): Promise<ApiError | undefined> {
    const result = await setup.load();
    if ("error" in result) return result.error;
    form.setContext(result.context);
    return undefined;
  }

  async function remove(method: SavedMethod): Promise<void> {
    const error = await setup.remove(method);
    const { id, type, billing_details } = method;
    shell.events.emit("savedpaymentmethodremove", {
      elementType: "payment",
      success: error === undefined,
      ...(error ? { error: error.message } : {}),
      payment_method: { id, type, billing_details },
    });
    const form = shell.view();
    if (!error && form) await fill(form);
  }

  const shell: ElementShell<PaymentForm> = createElementShell<PaymentForm>({
    type: "payment",
    appearance: setup.appearance,
    createView: () =>
      createPaymentForm({
        options: effective(),
        language: setup.language(),
        onChange: () => {
          lastChange = emitChange(shell.events, shell.view(), lastChange);
          setup.onChange();
        },
        onRemove: (method) => void remove(method),
      }),
    async load(form) {
      lastChange = describe(form).text;
      const error = await fill(form);
      return error ? { error } : {};
    },
    onDestroy: setup.onDestroy,
  });

  const element: PaymentElement = Object.assign(shell.element, {
    update(next: PaymentElementOptions) {
      options = { ...options, ...next };
      shell.view()?.update(addressHidden ? withoutAddress(next) : next);
      return element;
    },
    collapse() {
      shell.view()?.collapse();
      return element;
    },
  });

  return {
    element,
    setAppearance: shell.setAppearance,
    redraw: shell.redraw,
    async reload() {
      const form = shell.view();
      return form ? fill(form) : undefined;
    },
    hideAddress(hidden) {
      if (addressHidden === hidden) return;
      addressHidden = hidden;
      shell.view()?.update({ fields: effective().fields ?? {} });
    },
    isComplete: () => shell.view()?.state().complete ?? false,
    choose() {
      const form = shell.view();
      if (!form) throw new IntegrationError("The PaymentElement must be mounted before it is submitted.");
      return form.choose();
    },
  };
}

/** An AddressElement in the same group asks for the address already. */
function withoutAddress(options: PaymentElementOptions): PaymentElementOptions {
  const billing = options.fields?.billingDetails;
  if (billing === "never") return options;
  const details = typeof billing === "object" ? billing : {};
  return { ...options, fields: { ...options.fields, billingDetails: { ...details, address: "never" } } };
}

function describe(form: PaymentForm) {
  const { type, empty, complete, collapsed, saved, saves } = form.state();
  const value: Params = {
    type,
    ...(saves === undefined ? {} : { savePaymentMethod: saves }),
    ...(saved
      ? { payment_method: { id: saved.id, type: saved.type, billing_details: saved.billing_details } }
      : {}),
  };
  const change = { elementType: "payment", empty, complete, collapsed, value };
  return { change, text: JSON.stringify(change) };
}

/** Sends the page a `change` event, if anything that it carries has changed. */
function emitChange(events: EventEmitter, form: PaymentForm | undefined, before: string): string {
  if (!form) return before;
  const { change, text } = describe(form);
  if (text !== before) events.emit("change", change);
  return text;
}
