import type { ApiClient, ApiError, ApiObject } from "./api-client.js";
import { findElementsState } from "./create-elements.js";
import { IntegrationError } from "./integration-error.js";
import { readPaymentMethodData } from "./payment-method-data.js";

type PaymentMethodResult = { readonly paymentMethod: ApiObject } | { readonly error: ApiError };

/**
 * Stripe.js's `createPaymentMethod({ elements, params })`. The form that takes a CardElement is not simulated.
 * @throws {IntegrationError} when there is no `elements`, or it was not submitted.
 */
export async function createPaymentMethod(
  api: ApiClient,
  options: { readonly elements?: unknown; readonly params?: Readonly<Record<string, unknown>> | undefined },
): Promise<PaymentMethodResult> {
  if (options.elements === undefined) {
    throw new IntegrationError("The sandbox simulates stripe.createPaymentMethod({ elements }) only.");
  }
  const state = findElementsState(options.elements);
  if (!state.isSubmitted()) {
    throw new IntegrationError("elements.submit() must be called before stripe.createPaymentMethod().");
  }
  const method = readPaymentMethodData(state, options.params);
  if ("error" in method) return method;
  const result = await api.post("/v1/payment_methods", method.data);
  return "error" in result ? result : { paymentMethod: result.value };
}
