import type { ApiError } from "./api-client.js";

const isAuthentication = (code: unknown): boolean =>
  typeof code === "string" && code.endsWith("_authentication_failure");

/** Whether the payment itself failed, and not what the page asked for. */
export const isPaymentFailure = ({ type, code }: ApiError): boolean =>
  type === "card_error" || isAuthentication(code);

/**
 * Why an intent fell back to needing a payment method, as Stripe.js says it. The API's words about a failed 3-D Secure
 * are for developers; these are for whoever pays.
 */
export const refusalOf = (reason: object): ApiError => {
  const error: ApiError = { type: "card_error", message: "Your card was declined.", ...reason };
  if (!isAuthentication(error.code)) return error;
  return {
    ...error,
    message:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  };
};
