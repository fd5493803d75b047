import type { ApiClient, ApiError } from "./api-client.js";
import type { Appearance } from "./appearance.js";
import { IntegrationError } from "./integration-error.js";
import { type IntentKind, parseClientSecret } from "./intent-secret.js";
import {
  createPaymentElement,
  type PaymentElement,
  type PaymentElementController,
} from "./payment-element.js";
import type { PaymentElementOptions } from "./payment-element-options.js";

/** The options of `stripe.elements()` that the stand-in acts on. */
export interface ElementsOptions {
  readonly clientSecret?: string | undefined;
  readonly mode?: "payment" | "subscription" | "setup" | undefined;
  readonly amount?: number | undefined;
  readonly currency?: string | undefined;
  readonly setupFutureUsage?: "off_session" | "on_session" | null | undefined;
  readonly appearance?: Appearance | undefined;
  readonly [ignored: string]: unknown;
}

/** Stripe's `StripeElements`. */
export interface Elements {
  create(type: string, options?: PaymentElementOptions): PaymentElement;
  getElement(type: string): PaymentElement | null;
  update(options: ElementsOptions): void;
  /** Validates the form and shows what is missing. */
  submit(): Promise<{ error?: ApiError; selectedPaymentMethod?: string }>;
  fetchUpdates(): Promise<{ error?: ApiError }>;
}

/** What confirming needs to know of an `Elements` group. */
export interface ElementsState {
  options(): ElementsOptions;
  /** Deferred groups must be submitted before they are confirmed. */
  isSubmitted(): boolean;
  payment(): PaymentElementController;
}

// The page passes the group back to `confirmPayment`; its inside stays out of the page's reach.
const states = new WeakMap<object, ElementsState>();

/** @throws {IntegrationError} when `elements` did not come from `stripe.elements()` of this stand-in. */
export function findElementsState(elements: unknown): ElementsState {
  const state = typeof elements === "object" && elements !== null ? states.get(elements) : undefined;
  if (state) return state;
  throw new IntegrationError("`elements` must be the object that stripe.elements() returned.");
}

export function createElements(api: ApiClient, initial: ElementsOptions = {}): Elements {
  let options = checkOptions(initial);
  let payment: PaymentElementController | undefined;
  let submitted = false;

  async function loadIntent(): Promise<ApiError | undefined> {
    if (options.clientSecret === undefined) return nextTask(undefined);
    const intent = parseClientSecret(options.clientSecret);
    const result = await api.get(`/v1/${intentPaths[intent.kind]}/${intent.id}`, {
      client_secret: options.clientSecret,
    });
    return nextTask("error" in result ? result.error : undefined);
  }

  function requirePayment(): PaymentElementController {
    if (payment) return payment;
    throw new IntegrationError(
      "This group has no PaymentElement yet: call elements.create('payment') and mount it.",
    );
  }

  const elements: Elements = {
    create(type, elementOptions = {}) {
      if (type !== "payment") {
        throw new IntegrationError(
          `The sandbox simulates the 'payment' Element only; '${type}' is not simulated.`,
        );
      }
      if (payment) throw new IntegrationError("Can only create one Element of type payment.");
      payment = createPaymentElement({
        options: elementOptions,
        appearance: options.appearance,
        load: loadIntent,
        onDestroy: () => {
          payment = undefined;
        },
      });
      return payment.element;
    },
    getElement: (type) => (type === "payment" ? (payment?.element ?? null) : null),
    update(next) {
      options = { ...options, ...next };
      if (next.appearance !== undefined) payment?.setAppearance(next.appearance);
    },
    async submit() {
      const result = requirePayment().validate();
      if ("error" in result) return { error: result.error };
      submitted = true;
      return { selectedPaymentMethod: "card" };
    },
    async fetchUpdates() {
      const error = await loadIntent();
      return error ? { error } : {};
    },
  };
  states.set(elements, { options: () => options, isSubmitted: () => submitted, payment: requirePayment });
  return elements;
}

const intentPaths = { payment: "payment_intents", setup: "setup_intents" } satisfies Record<
  IntentKind,
  string
>;

/** @throws {IntegrationError} for a combination that Stripe.js refuses too. */
function checkOptions(options: ElementsOptions): ElementsOptions {
  if (options.clientSecret !== undefined) {
    parseClientSecret(options.clientSecret);
    if (options.mode !== undefined)
      throw new IntegrationError("Pass either `clientSecret` or `mode`, not both.");
    return options;
  }
  if (options.mode === "payment" || options.mode === "subscription") {
    if (!Number.isInteger(options.amount)) {
      throw new IntegrationError(
        `mode '${options.mode}' needs \`amount\`, an integer in the currency's minor unit.`,
      );
    }
    if (!options.currency) throw new IntegrationError(`mode '${options.mode}' needs \`currency\`.`);
  }
  return options;
}

// React attaches its listeners after mounting, so nothing may be told within the mounting task.
function nextTask<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, 0, value));
}
