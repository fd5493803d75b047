import type { Stripe } from "@stripe/stripe-js";
import { type CreateStripeOptions, createStripe } from "./create-stripe.js";

interface StripeConstructorOptions {
  readonly stripeAccount?: string | undefined;
  readonly locale?: string | undefined;
}

/** `window.Stripe`, as `@stripe/stripe-js` looks for it. */
export interface StripeFactory {
  (publishableKey: string, options?: StripeConstructorOptions): Stripe;
  /** The release of Stripe.js that this stands in for; `@stripe/stripe-js` 10 warns about any other. */
  readonly version: string;
}

/**
 * Puts the stand-in where `loadStripe` of `@stripe/stripe-js` finds it, so that no script is fetched from Stripe.
 * Call it before that package is imported.
 *
 * @example
 * installStripe(window, { apiBase: "http://localhost:4242" });
 * const stripe = await loadStripe("pk_test_sandbox");
 */
export function installStripe(target: object, options: CreateStripeOptions): StripeFactory {
  const factory: StripeFactory = Object.assign(
    (publishableKey: string, given?: StripeConstructorOptions) =>
      createStripe(publishableKey, {
        ...options,
        stripeAccount: given?.stripeAccount ?? options.stripeAccount,
        locale: given?.locale ?? options.locale,
      }),
    { version: "endive" },
  );
  Object.assign(target, { Stripe: factory });
  return factory;
}
