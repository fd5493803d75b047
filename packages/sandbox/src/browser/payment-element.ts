import type { ApiError } from "./api-client.js";
import type { Appearance } from "./appearance.js";
import type { CardFields } from "./card-fields.js";
import { createEventEmitter } from "./event-emitter.js";
import { findMountTarget } from "./find-mount-target.js";
import { IntegrationError } from "./integration-error.js";
import { type MountedForm, mountCardForm } from "./mount-card-form.js";
import type { PaymentElementOptions } from "./payment-element-options.js";

type Handler = (event: unknown) => void;

/** The element that a page holds: Stripe's `StripePaymentElement`. */
export interface PaymentElement {
  mount(target: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
  update(options: PaymentElementOptions): PaymentElement;
  on(type: string, handler: Handler): PaymentElement;
  once(type: string, handler: Handler): PaymentElement;
  off(type: string, handler?: Handler): PaymentElement;
  focus(): void;
  blur(): void;
  clear(): void;
  collapse(): PaymentElement;
}

/** What the group around the element may do with it, and a page may not. */
export interface PaymentElementController {
  readonly element: PaymentElement;
  setAppearance(appearance: Appearance | undefined): void;
  /** The card, or what is wrong with it; a problem is also shown in the form. */
  validate(): { readonly fields: CardFields } | { readonly error: ApiError };
  /** The billing details that the page gave for the fields that it hides. */
  options(): PaymentElementOptions;
}

interface PaymentElementSetup {
  readonly options: PaymentElementOptions;
  readonly appearance: Appearance | undefined;
  /** Resolves to why the form can't be used, if it can't. */
  readonly load: () => Promise<ApiError | undefined>;
  readonly onDestroy: () => void;
}

export function createPaymentElement(setup: PaymentElementSetup): PaymentElementController {
  const events = createEventEmitter();
  let options = setup.options;
  let appearance = setup.appearance;
  let mounted: MountedForm | undefined;
  let destroyed = false;
  let lastChange = "";

  function emitChange(): void {
    if (!mounted) return;
    const { number, expiry, cvc } = mounted.form.read();
    const empty = number === "" && expiry === "" && cvc === "";
    const complete = Object.keys(mounted.form.problems()).length === 0;
    if (lastChange === `${empty} ${complete}`) return;
    lastChange = `${empty} ${complete}`;
    events.emit("change", {
      elementType: "payment",
      empty,
      complete,
      collapsed: false,
      value: { type: "card" },
    });
  }

  function assertAlive(): void {
    if (destroyed) throw new IntegrationError("This Element has been destroyed. Please create a new one.");
  }

  async function load(form: MountedForm): Promise<void> {
    const error = await setup.load();
    // The page may have unmounted it meanwhile, as StrictMode does at once.
    if (mounted !== form) return;
    if (error) events.emit("loaderror", { elementType: "payment", error });
    else events.emit("ready", { elementType: "payment" });
  }

  function unmount(): void {
    mounted?.host.remove();
    mounted = undefined;
    lastChange = "";
  }

  const element: PaymentElement = {
    mount(target) {
      assertAlive();
      const parent = findMountTarget(target);
      if (mounted?.host.parentElement === parent) return;
      unmount();
      mounted = mountCardForm(parent, {
        options,
        appearance,
        onInput: emitChange,
        onFocusEvent: (type) => events.emit(type, { elementType: "payment" }),
      });
      lastChange = "true false";
      events.emit("loaderstart", { elementType: "payment" });
      void load(mounted);
    },
    unmount,
    destroy() {
      assertAlive();
      unmount();
      destroyed = true;
      events.clear();
      setup.onDestroy();
    },
    update(next) {
      options = { ...options, ...next };
      mounted?.form.update(next);
      return element;
    },
    on(type, handler) {
      events.on(type, handler);
      return element;
    },
    once(type, handler) {
      events.once(type, handler);
      return element;
    },
    off(type, handler) {
      events.off(type, handler);
      return element;
    },
    focus: () => mounted?.form.focus(),
    blur: () => (mounted?.host.shadowRoot?.activeElement as HTMLElement | null)?.blur(),
    clear: () => mounted?.form.clear(),
    collapse: () => element,
  };

  return {
    element,
    options: () => options,
    setAppearance(next) {
      appearance = next;
      mounted?.setAppearance(next);
    },
    validate() {
      if (!mounted) throw new IntegrationError("The PaymentElement must be mounted before it is submitted.");
      const problem = Object.values(mounted.form.problems())[0];
      if (!problem) return { fields: mounted.form.read() };
      mounted.form.showProblems();
      return { error: { type: "validation_error", code: problem.code, message: problem.message } };
    },
  };
}
