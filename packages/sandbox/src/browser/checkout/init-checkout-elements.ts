import type { PaymentPage } from "../../engine/checkout/completing/payment-page.js";
import { createEventEmitter } from "../dom/event-emitter.js";
import { IntegrationError } from "../dom/integration-error.js";
import type { Params } from "../element/method-panel.js";
import { type PaymentContext, plainContext } from "../element/payment-context.js";
import type { ConfirmRoom } from "../elements/confirm-with-elements.js";
import { createElementGroup, type ElementGroup } from "../elements/element-group.js";
import type { Appearance } from "../look/appearance.js";
import { loadFonts } from "../look/load-fonts.js";
import { languageFor } from "../words/words-for.js";
import { createCheckoutActions } from "./checkout-actions.js";
import type { CheckoutContact, CheckoutSessionView } from "./checkout-session.js";
import { createCheckoutStore } from "./checkout-store.js";

/** The options of `stripe.initCheckoutElementsSdk()` that the stand-in acts on. */
export interface CheckoutElementsOptions {
  readonly clientSecret: string | Promise<string>;
  readonly elementsOptions?: {
    readonly appearance?: Appearance;
    readonly fonts?: readonly unknown[];
    readonly savedPaymentMethod?: { readonly enableSave?: string; readonly enableRedisplay?: string };
  };
  readonly defaultValues?: {
    readonly email?: string;
    readonly phoneNumber?: string;
    readonly billingAddress?: CheckoutContact;
    readonly shippingAddress?: CheckoutContact;
  };
}

/** Where the session lives, and in which language. */
interface CheckoutElementsRoom extends ConfirmRoom {
  readonly locale: string | undefined;
}

/** A page of the app's own for a Checkout Session with `ui_mode: "elements"`. */
export function initCheckoutElements(room: CheckoutElementsRoom, options: CheckoutElementsOptions) {
  const { api, locale, navigate } = room;
  const events = createEventEmitter();
  const clientSecret = Promise.resolve(options.clientSecret);
  // It is awaited when the session is asked for something: until then nothing handles a refusal.
  clientSecret.catch(() => {});
  loadFonts(options.elementsOptions?.fonts);
  const language = () => languageFor(locale);

  const store = createCheckoutStore({
    api,
    clientSecret,
    tag: () => language().tag,
    isPaymentReady: () => isPaymentReady(group),
    onChange: (session: CheckoutSessionView) => events.emit("change", session),
  });
  const group: ElementGroup = createElementGroup({
    appearance: options.elementsOptions?.appearance,
    language,
    load: async () => {
      const error = await ready();
      return error ? { error } : { context: contextOf(options, store.page()) };
    },
    remove: async () => undefined,
    amount: () => ({ amount: store.page().amount_total ?? 0, currency: store.page().currency ?? "usd" }),
    onPayment: () => store.publish(),
    onAddress: (mode, { complete, value }) => {
      if (!complete) return;
      const { name, address } = value;
      const contact = { name, address };
      void (mode === "billing"
        ? actions.updateBillingAddress(contact)
        : actions.updateShippingAddress(contact));
    },
  });
  const actions = createCheckoutActions({ api, store, group, language, navigate });

  let loading: ReturnType<typeof store.load> | undefined;
  function ready(): ReturnType<typeof store.load> {
    loading ??= store.load().then(async (error) => error ?? (await applyDefaults()));
    return loading;
  }
  async function applyDefaults(): Promise<undefined> {
    const { billingAddress, email, phoneNumber, shippingAddress } = options.defaultValues ?? {};
    if (email) await actions.updateEmail(email);
    if (phoneNumber) await actions.updatePhoneNumber(phoneNumber);
    if (billingAddress) await actions.updateBillingAddress(billingAddress);
    if (shippingAddress) await actions.updateShippingAddress(shippingAddress);
  }

  return {
    on: (event: "change", handler: (session: unknown) => void) => events.on(event, handler),
    async loadActions() {
      const error = await ready();
      if (error) return { type: "error", error: { message: error.message, code: null } };
      return { type: "success", actions };
    },
    changeAppearance: (appearance: Appearance) => group.setAppearance(appearance),
    loadFonts,
    ...elementMethods(group),
    ...refusals(),
  };
}

function elementMethods(group: ElementGroup) {
  return {
    createPaymentElement: (given: Params = {}) => group.createPayment(given),
    getPaymentElement: () => group.findPayment()?.element ?? null,
    createBillingAddressElement: (given: Params = {}) => group.createAddress("billing", given),
    getBillingAddressElement: () => group.address("billing")?.element ?? null,
    createShippingAddressElement: (given: Params = {}) => group.createAddress("shipping", given),
    getShippingAddressElement: () => group.address("shipping")?.element ?? null,
    createExpressCheckoutElement: (given: Params = {}) => group.createExpress(given),
    getExpressCheckoutElement: () => group.express()?.element ?? null,
  };
}

const notSimulated = ["CurrencySelector", "TaxId", "ContactDetails", "Terms", "LinkSignup"] as const;

function refusals(): Record<string, () => null> {
  const methods: Record<string, () => null> = {};
  for (const name of notSimulated) {
    methods[`get${name}Element`] = () => null;
    methods[`create${name}Element`] = () => {
      throw new IntegrationError(`checkout.create${name}Element() is not simulated by the Tollgate sandbox.`);
    };
  }
  return methods;
}

function isPaymentReady(group: ElementGroup): boolean {
  return group.findPayment()?.isComplete() ?? true;
}

function contextOf({ elementsOptions }: CheckoutElementsOptions, page: PaymentPage): PaymentContext {
  const asked = elementsOptions?.savedPaymentMethod;
  const saving = page.saved_payment_method_options?.payment_method_save === "enabled";
  return {
    ...plainContext,
    types: page.payment_method_types,
    saved: asked?.enableRedisplay === "never" ? [] : page.saved_payment_methods,
    canSave: asked?.enableSave !== "never" && saving,
    reuses: page.mode !== "payment",
    isSetup: page.mode === "setup",
  };
}
