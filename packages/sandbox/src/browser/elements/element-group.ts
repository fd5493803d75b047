import {
  type AddressElement,
  type AddressElementController,
  type AddressMode,
  createAddressElement,
} from "../contact/address-element.js";
import type { AddressValue } from "../contact/address-form.js";
import type { AddressElementOptions } from "../contact/decide-address-fields.js";
import { createEmailElement, type EmailElementController } from "../contact/email-element.js";
import { IntegrationError } from "../dom/integration-error.js";
import type { StripeElement } from "../element/element-shell.js";
import type { SavedMethod } from "../element/method-panel.js";
import type { PaymentContext } from "../element/payment-context.js";
import type { PaymentElementOptions } from "../element/payment-element-options.js";
import type { Appearance } from "../look/appearance.js";
import {
  createPaymentElement,
  type PaymentElement,
  type PaymentElementController,
} from "../methods/payment-element.js";
import type { ApiError } from "../net/api-client.js";
import {
  createExpressElement,
  type ExpressElement,
  type ExpressElementController,
} from "../wallets/express-element.js";
import type { ExpressOptions } from "../wallets/express-options.js";
import type { Language } from "../words/words-for.js";

/** What the elements of one group share. */
export interface GroupSetup {
  readonly appearance: Appearance | undefined;
  readonly language: () => Language;
  readonly load: () => Promise<{ readonly error: ApiError } | { readonly context: PaymentContext }>;
  readonly remove: (method: SavedMethod) => Promise<ApiError | undefined>;
  /** What will be paid now, in the currency's minor unit. */
  readonly amount: () => { readonly amount: number; readonly currency: string };
  /** What is paid with, or whether it is complete, has changed. */
  readonly onPayment?: () => void;
  readonly onAddress?: (mode: AddressMode, state: { complete: boolean; value: AddressValue }) => void;
}

/** The elements that are in a page and are confirmed together: at most one of a kind. */
export interface ElementGroup {
  createPayment(options: PaymentElementOptions): PaymentElement;
  createAddress(mode: AddressMode, options: AddressElementOptions): AddressElement;
  createExpress(options: ExpressOptions): ExpressElement;
  createEmail(email: string | undefined): StripeElement;
  /** @throws {IntegrationError} when there is none. */
  payment(): PaymentElementController;
  findPayment(): PaymentElementController | undefined;
  address(mode: AddressMode): AddressElementController | undefined;
  express(): ExpressElementController | undefined;
  email(): EmailElementController | undefined;
  setAppearance(appearance: Appearance | undefined): void;
  redraw(): void;
  /** Shows what is missing in each element; returns the first element's problem. */
  validate(): ApiError | undefined;
}

interface Kinds {
  payment: PaymentElementController;
  billing: AddressElementController;
  shipping: AddressElementController;
  expressCheckout: ExpressElementController;
  linkAuthentication: EmailElementController;
}

export function createElementGroup(setup: GroupSetup): ElementGroup {
  let { appearance } = setup;
  // In the order of their creation, which is the order in which problems are reported.
  const elements: Partial<Kinds> = {};

  function add<Kind extends keyof Kinds>(
    kind: Kind,
    create: (shared: {
      appearance: Appearance | undefined;
      language: () => Language;
      onDestroy(): void;
    }) => Kinds[Kind],
  ): Kinds[Kind] {
    if (elements[kind]) throw new IntegrationError(`Can only create one Element of type ${kind}.`);
    const onDestroy = (): void => {
      delete elements[kind];
      settleAddress();
      setup.onPayment?.();
    };
    const made = create({ appearance, language: setup.language, onDestroy });
    Object.assign(elements, { [kind]: made });
    settleAddress();
    return made;
  }

  function settleAddress(): void {
    elements.payment?.hideAddress(elements.billing !== undefined);
  }

  return {
    createPayment: (options) =>
      add("payment", (shared) =>
        createPaymentElement({
          ...shared,
          options,
          load: setup.load,
          remove: setup.remove,
          onChange: () => setup.onPayment?.(),
        }),
      ).element,
    createAddress: (mode, options) =>
      add(mode, (shared) =>
        createAddressElement({
          ...shared,
          mode,
          options,
          onChange: (state) => setup.onAddress?.(mode, state),
        }),
      ).element,
    createExpress: (options) =>
      add("expressCheckout", (shared) => createExpressElement({ ...shared, options, amount: setup.amount }))
        .element,
    createEmail: (email) =>
      add("linkAuthentication", (shared) => createEmailElement({ ...shared, email })).element,
    payment() {
      if (elements.payment) return elements.payment;
      throw new IntegrationError(
        "This group has no PaymentElement yet: call elements.create('payment') and mount it.",
      );
    },
    findPayment: () => elements.payment,
    address: (mode) => elements[mode],
    express: () => elements.expressCheckout,
    email: () => elements.linkAuthentication,
    setAppearance(next) {
      appearance = next;
      for (const element of Object.values(elements)) element.setAppearance(next);
    },
    redraw() {
      for (const element of Object.values(elements)) element.redraw();
    },
    validate() {
      // A wallet brings all that it needs.
      if (elements.expressCheckout?.payment()) return undefined;
      const problems = Object.values(elements)
        .reverse()
        .map((element) => problemOf(element));
      return problems.findLast((problem) => problem !== undefined);
    },
  };
}

// From the last to the first, so that the first one that is wrong ends up with the focus.
function problemOf(element: Kinds[keyof Kinds]): ApiError | undefined {
  if ("validate" in element) return element.validate();
  if (!("choose" in element)) return undefined;
  const choice = element.choose();
  return "error" in choice ? choice.error : undefined;
}
