import type { AddressElementOptions } from "../contact/decide-address-fields.js";
import { createEventEmitter } from "../dom/event-emitter.js";
import { IntegrationError } from "../dom/integration-error.js";
import type { StripeElement } from "../element/element-shell.js";
import { checkElementsOptions, type ElementsOptions } from "../element/elements-options.js";
import { loadPaymentContext } from "../element/load-payment-context.js";
import { asRecord, type Params } from "../element/method-panel.js";
import { type PaymentContext, plainContext } from "../element/payment-context.js";
import { loadFonts } from "../look/load-fonts.js";
import type { ApiClient, ApiError } from "../net/api-client.js";
import { languageFor } from "../words/words-for.js";
import { createElementGroup, type ElementGroup } from "./element-group.js";

/** Stripe's `StripeElements`. */
export interface Elements {
  create(type: string, options?: Params): StripeElement;
  getElement(type: string, options?: { readonly mode?: string }): StripeElement | null;
  update(options: ElementsOptions): Promise<void>;
  on(type: string, handler: (event: unknown) => void): void;
  /** Validates the form and shows what is missing. */
  submit(): Promise<{ error?: ApiError; selectedPaymentMethod?: string }>;
  fetchUpdates(): Promise<{ error?: ApiError }>;
}

/** What confirming needs to know of an `Elements` group. */
export interface ElementsState {
  options(): ElementsOptions;
  /** Deferred groups must be submitted before they are confirmed. */
  isSubmitted(): boolean;
  group(): ElementGroup;
  context(): PaymentContext;
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
  let options = checkElementsOptions(initial);
  let context = plainContext;
  let submitted = false;
  const events = createEventEmitter();
  loadFonts(options.fonts);

  const group = createElementGroup({
    appearance: options.appearance,
    language: () => languageFor(options.locale),
    async load() {
      const result = await loadPaymentContext(api, options);
      if ("context" in result) context = result.context;
      return result;
    },
    remove: (method) => removeSaved(api, method.id, options.customerSessionClientSecret),
    amount: () => context.due ?? { amount: options.amount ?? 0, currency: options.currency ?? "usd" },
  });

  const elements: Elements = {
    create: (type, elementOptions = {}) => createOfType(group, type, elementOptions),
    getElement: (type, which) => findOfType(group, type, which?.mode),
    async update(next) {
      const before = options;
      options = checkElementsOptions({ ...options, ...next });
      loadFonts(next.fonts);
      if (next.appearance !== undefined) group.setAppearance(next.appearance);
      if (next.locale !== undefined && next.locale !== before.locale) group.redraw();
      else if (decidesForm.some((name) => next[name] !== undefined)) await group.findPayment()?.reload();
      events.emit("update-end", undefined);
    },
    on: (type, handler) => events.on(type, handler),
    async submit() {
      const error = group.validate();
      if (error) return { error };
      submitted = true;
      return { selectedPaymentMethod: selectedMethod(group) };
    },
    async fetchUpdates() {
      const error = await group.findPayment()?.reload();
      return error ? { error } : {};
    },
  };
  states.set(elements, {
    options: () => options,
    isSubmitted: () => submitted,
    group: () => group,
    context: () => context,
  });
  return elements;
}

/** The options of a group that decide which methods its form has and what it says. */
const decidesForm = ["mode", "setupFutureUsage", "allowedPaymentMethodTypes"] as const;

function createOfType(group: ElementGroup, type: string, options: Params): StripeElement {
  if (type === "payment") return group.createPayment(options);
  if (type === "expressCheckout") return group.createExpress(options);
  if (type === "linkAuthentication") {
    const { email } = asRecord(options.defaultValues);
    return group.createEmail(typeof email === "string" ? email : undefined);
  }
  if (type === "shippingAddress") return group.createAddress("shipping", options);
  if (type === "address") return createAddress(group, options);
  throw new IntegrationError(
    `The sandbox simulates the 'payment', 'expressCheckout', 'address' and 'linkAuthentication' Elements; '${type}' is not simulated.`,
  );
}

function createAddress(group: ElementGroup, options: AddressElementOptions): StripeElement {
  if (options.mode === "billing" || options.mode === "shipping")
    return group.createAddress(options.mode, options);
  throw new IntegrationError("An address Element needs `mode`: 'billing' or 'shipping'.");
}

function findOfType(group: ElementGroup, type: string, mode: string | undefined): StripeElement | null {
  if (type === "payment") return group.findPayment()?.element ?? null;
  if (type === "expressCheckout") return group.express()?.element ?? null;
  if (type === "linkAuthentication") return group.email()?.element ?? null;
  const shipping = group.address("shipping")?.element;
  if (type === "shippingAddress") return shipping ?? null;
  if (type !== "address") return null;
  const billing = group.address("billing")?.element;
  if (mode === "shipping") return shipping ?? null;
  return (mode === "billing" ? billing : (billing ?? shipping)) ?? null;
}

function selectedMethod(group: ElementGroup): string {
  const choice = group.findPayment()?.choose();
  if (!choice || "error" in choice) return "card";
  return "saved" in choice ? choice.saved.type : String(choice.data.type);
}

async function removeSaved(
  api: ApiClient,
  id: string,
  secret: string | undefined,
): Promise<ApiError | undefined> {
  const result = await api.post(`/v1/elements/payment_methods/${id}/detach`, {
    customer_session_client_secret: secret,
  });
  return "error" in result ? result.error : undefined;
}
