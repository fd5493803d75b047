import type { Stripe } from "@stripe/stripe-js";
import { createEmbeddedCheckout, type EmbeddedCheckoutOptions } from "../checkout/embedded-checkout.js";
import { type CheckoutElementsOptions, initCheckoutElements } from "../checkout/init-checkout-elements.js";
import { IntegrationError } from "../dom/integration-error.js";
import type { ElementsOptions } from "../element/elements-options.js";
import { type ConfirmOptions, confirmWithElements } from "../elements/confirm-with-elements.js";
import { createElements } from "../elements/create-elements.js";
import { createConfirmationToken, createPaymentMethod } from "../elements/create-payment-method.js";
import { createApiClient } from "../net/api-client.js";
import { completeAction, confirmIntent, type IntentResult, retrieveIntent } from "../net/intent-api.js";
import { type IntentKind, parseClientSecret } from "../net/intent-secret.js";
import { languageFor } from "../words/words-for.js";
import { notSimulatedMethods } from "./not-simulated.js";

/** Where the stand-in finds its sandbox. */
export interface CreateStripeOptions {
  /** The sandbox's address, such as `http://localhost:4242`. */
  readonly apiBase: string;
  /**
   * Sends the requests; give an in-page sandbox's own `fetch` to work without a server.
   * @default the page's `fetch`
   */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /**
   * Leaves the page for `return_url` after a confirmation with `redirect: "always"`.
   * @default `location.assign`
   */
  readonly navigate?: ((url: string) => void) | undefined;
  /** Acts for a connected account, as `Stripe(key, { stripeAccount })` does. */
  readonly stripeAccount?: string | undefined;
  /** The language of what is not an element's own: `Stripe(key, { locale })`. @default the browser's */
  readonly locale?: string | undefined;
}

/**
 * A `Stripe` object that works against a sandbox instead of Stripe: Elements with a PaymentElement,
 * confirmations with 3-D Secure, and the intents behind them. What it does not simulate rejects with an
 * `IntegrationError` that says so. Card data goes into the confirming request and nowhere else.
 *
 * @throws {IntegrationError} when the key is not a publishable one.
 * @example
 * const stripe = createStripe("pk_test_sandbox", { apiBase: "http://localhost:4242" });
 * const elements = stripe.elements({ mode: "setup", currency: "usd" });
 */
export function createStripe(publishableKey: string, options: CreateStripeOptions): Stripe {
  if (!publishableKey.startsWith("pk_")) {
    throw new IntegrationError(
      "Stripe.js needs a publishable key (pk_…). Never put a secret key into a page.",
    );
  }
  const api = createApiClient({
    apiBase: options.apiBase,
    publishableKey,
    fetch: options.fetch ?? ((request) => fetch(request)),
    stripeAccount: options.stripeAccount,
  });
  const room = { api, navigate: options.navigate ?? ((url: string) => location.assign(url)) };

  async function retrieve(kind: IntentKind, clientSecret: string): Promise<IntentResult> {
    const result = await retrieveIntent(api, expectKind(kind, clientSecret));
    if ("error" in result) return result;
    return kind === "payment" ? { paymentIntent: result.value } : { setupIntent: result.value };
  }

  async function nextAction(clientSecret: string): Promise<IntentResult> {
    const secret = parseClientSecret(clientSecret);
    const result = await retrieveIntent(api, secret);
    return "error" in result ? result : completeAction(api, secret, result.value);
  }

  const stripe = {
    ...notSimulatedMethods(),
    elements: (elementsOptions?: ElementsOptions) =>
      createElements(api, { locale: options.locale, ...elementsOptions }),
    confirmPayment: (given: ConfirmOptions) => confirmWithElements(room, "payment", given),
    confirmSetup: (given: ConfirmOptions) => confirmWithElements(room, "setup", given),
    confirmCardPayment: async (clientSecret: string, data: CardConfirmation = {}) =>
      confirmIntent(api, expectKind("payment", clientSecret), checkCardConfirmation(data)),
    confirmCardSetup: async (clientSecret: string, data: CardConfirmation = {}) =>
      confirmIntent(api, expectKind("setup", clientSecret), checkCardConfirmation(data)),
    handleNextAction: (given: { clientSecret: string }) => nextAction(given.clientSecret),
    handleCardAction: (clientSecret: string) => nextAction(clientSecret),
    createPaymentMethod: (given: Parameters<typeof createPaymentMethod>[1]) =>
      createPaymentMethod(api, given),
    createConfirmationToken: (given: Parameters<typeof createConfirmationToken>[1]) =>
      createConfirmationToken(api, given),
    retrievePaymentIntent: (clientSecret: string) => retrieve("payment", clientSecret),
    retrieveSetupIntent: (clientSecret: string) => retrieve("setup", clientSecret),
    initCheckoutElementsSdk: (given: CheckoutElementsOptions) =>
      initCheckoutElements({ ...room, locale: options.locale }, given),
    createEmbeddedCheckoutPage: (given: EmbeddedCheckoutOptions) =>
      createEmbeddedCheckout(
        { apiBase: options.apiBase, language: languageFor(options.locale), ...room },
        given,
      ),
    // Stripe counts which libraries wrap it; the sandbox has no use for that.
    registerAppInfo: () => {},
    _registerWrapper: () => {},
  };
  // Stripe's own type has hundreds of overloads; each method above takes and returns what they say.
  return stripe as unknown as Stripe;
}

type CardConfirmation = Readonly<Record<string, unknown>>;

function checkCardConfirmation(data: CardConfirmation): CardConfirmation {
  if (data.payment_method === undefined || typeof data.payment_method === "string") return data;
  throw new IntegrationError("The sandbox takes a payment method's id here; CardElement is not simulated.");
}

function expectKind(kind: IntentKind, clientSecret: string) {
  const secret = parseClientSecret(clientSecret);
  if (secret.kind === kind) return secret;
  throw new IntegrationError(
    `A ${kind} intent's client secret is needed here, this is a ${secret.kind} intent's.`,
  );
}
