import type { PaymentIntent, SetupIntent } from "../world/wire.js";

/** Whether a payment asks for 3-D Secure itself, or leaves that to Stripe and the issuer. */
export type ThreeDSecureRequest = "any" | "automatic" | "challenge";

type Options = { card?: { request_three_d_secure?: string | null } | null } | null | undefined;

/** As a request or an object says it; `automatic` where it does not. */
export const readThreeDSecure = (options: Options): ThreeDSecureRequest => {
  const asked = options?.card?.request_three_d_secure;
  return asked === "any" || asked === "challenge" ? asked : "automatic";
};

export const threeDSecureOf = (intent: PaymentIntent | SetupIntent): ThreeDSecureRequest =>
  readThreeDSecure(intent.payment_method_options);
