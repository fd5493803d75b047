import { IntegrationError } from "../dom/integration-error.js";
import { asRecord, type Params } from "../element/method-panel.js";
import type { ApiClient, ApiError, ApiObject } from "../net/api-client.js";
import { collectPayment } from "./collect-payment.js";
import { type ElementsState, findElementsState } from "./create-elements.js";

type PaymentMethodResult = { readonly paymentMethod: ApiObject } | { readonly error: ApiError };
type TokenResult = { readonly confirmationToken: ApiObject } | { readonly error: ApiError };

interface GivenElements {
  readonly elements?: unknown;
  readonly params?: Params | undefined;
}

/**
 * Stripe.js's `createPaymentMethod({ elements, params })`. The form that takes a CardElement is not simulated.
 * @throws {IntegrationError} when there is no `elements`, or it was not submitted.
 */
export async function createPaymentMethod(
  api: ApiClient,
  options: GivenElements,
): Promise<PaymentMethodResult> {
  const state = submittedElements("createPaymentMethod", options);
  const typed = collectPayment(state.group(), asRecord(options.params), state.context().canSave);
  if ("error" in typed) return typed;
  if (typed.method.payment_method !== undefined) {
    throw new IntegrationError(
      "The customer chose a saved payment method, and stripe.createPaymentMethod() makes new ones only: use " +
        "stripe.createConfirmationToken().",
    );
  }
  const result = await api.post("/v1/payment_methods", asRecord(typed.method.payment_method_data));
  const error = "error" in result ? result.error : undefined;
  if (error) typed.finish(error);
  return "error" in result ? result : { paymentMethod: result.value };
}

/**
 * Stripe.js's `createConfirmationToken({ elements, params })`: what was typed, for the app's server to confirm with.
 * @throws {IntegrationError} when there is no `elements`, or it was not submitted.
 */
export async function createConfirmationToken(api: ApiClient, options: GivenElements): Promise<TokenResult> {
  const state = submittedElements("createConfirmationToken", options);
  const { payment_method_data: data, ...rest } = asRecord(options.params);
  const { canSave, saveUsage } = state.context();
  const typed = collectPayment(state.group(), asRecord(data), canSave);
  if ("error" in typed) return typed;
  const usage = typed.saves ? saveUsage : (state.options().setupFutureUsage ?? undefined);
  const result = await api.post("/v1/confirmation_tokens", {
    shipping: typed.shipping,
    setup_future_usage: usage,
    ...typed.method,
    ...rest,
  });
  // The wallet's sheet has given all that it has: the rest is the server's.
  typed.finish("error" in result ? result.error : undefined);
  return "error" in result ? result : { confirmationToken: result.value };
}

function submittedElements(name: string, options: GivenElements): ElementsState {
  if (options.elements === undefined)
    throw new IntegrationError(`The sandbox simulates stripe.${name}({ elements }) only.`);
  const state = findElementsState(options.elements);
  if (state.isSubmitted()) return state;
  throw new IntegrationError(`elements.submit() must be called before stripe.${name}().`);
}
