import { needCustomer } from "../../engine/customers/customer.js";
import { needConfirmationToken, spendConfirmationToken } from "../../engine/methods/confirmation-token.js";
import type { Verification } from "../../engine/payments/microdeposits.js";
import type { Context } from "../../engine/world/context.js";
import { invalidRequest, StripeError } from "../../engine/world/stripe-error.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import type { ConfirmationToken } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { methodData } from "../methods/make-payment-method.js";
import { accepted, gone, text } from "../params/fields.js";

/** How a request names or brings a payment method. */
export const methodParams = [
  "payment_method",
  "payment_method_data.allow_redisplay",
  "payment_method_data.billing_details",
  "payment_method_data.card",
  "payment_method_data.metadata",
  "payment_method_data.sepa_debit",
  "payment_method_data.type",
  "payment_method_data.us_bank_account.account_number",
] as const;

/** What has an effect in a confirmation of a payment or a setup. */
export const confirmation = [
  ...methodParams,
  "confirmation_token",
  "payment_method_options.us_bank_account.verification_method",
  "return_url",
  "use_stripe_sdk",
] as const;

type WithOptions = {
  payment_method_options?: { us_bank_account?: { verification_method?: Verification } | null };
};

/** How a request wants a bank account to be verified, if it says so. */
export const verificationOf = ({ payment_method_options: options }: WithOptions): Verification =>
  options?.us_bank_account?.verification_method;

/** What Stripe.js sends and the SDK does not declare. */
export const fromStripeJs = { client_secret: text(), expected_payment_method_type: accepted() };

/** https://docs.stripe.com/changelog/endive/2026-09-30/removes-the-payment-method-types-parameter-from-payment-intents-and-setup-intents */
export const typesAreGone = {
  payment_method_types: gone(
    "payment_method_types_no_longer_supported",
    "The `payment_method_types` parameter is no longer supported. Remove it to let Stripe choose the payment method " +
      "types, or use `allowed_payment_method_types` or `excluded_payment_method_types` instead.",
  ),
};

/** A method that is being created may have a card, whatever the SDK says. */
export const withCard = { payment_method_data: methodData() };

type Options = {
  error_on_requires_action?: boolean;
  return_url?: string;
  use_stripe_sdk?: boolean;
  off_session?: boolean | string;
};

/** How a confirmation is to be carried out. */
export const optionsOf = (params: Options) => ({
  ...(params.return_url === undefined ? {} : { returnUrl: params.return_url }),
  ...(params.use_stripe_sdk ? { useStripeSdk: true } : {}),
  ...(params.off_session ? { offSession: true } : {}),
  ...(params.error_on_requires_action ? { failOnAction: true } : {}),
});

type WithToken = Options & {
  confirmation_token?: string;
  payment_method?: string;
  payment_method_data?: unknown;
};

/** What a confirmation token brings along, which the request's own parameters override. */
export const withToken = <P extends WithToken>(world: World, ctx: Context, params: P) => {
  if (params.confirmation_token === undefined) return { ...params, token: undefined };
  const clash = params.payment_method !== undefined || params.payment_method_data !== undefined;
  if (clash)
    throw invalidRequest(
      "You may only specify one of these parameters: `confirmation_token`, `payment_method`, `payment_method_data`.",
      "parameter_invalid",
      "confirmation_token",
    );
  const token = needConfirmationToken(world, ctx, params.confirmation_token);
  return {
    ...params,
    ...(params.return_url === undefined && token.return_url ? { return_url: token.return_url } : {}),
    use_stripe_sdk: params.use_stripe_sdk ?? token.use_stripe_sdk,
    token,
  };
};

/** Confirms, and notes that the token was used for it: an issuer's refusal uses it up too. */
export const spending = <T extends { id: string }>(
  token: ConfirmationToken | undefined,
  intent: string,
  confirm: () => T,
): T => {
  try {
    const confirmed = confirm();
    if (token) spendConfirmationToken(token, intent);
    return confirmed;
  } catch (thrown) {
    if (token && thrown instanceof StripeError && thrown.status === 402)
      spendConfirmationToken(token, intent);
    throw thrown;
  }
};

/** The payment method types that an intent may be paid with here, as it was asked to allow. */
export const allowedTypes = (
  asked: readonly string[] | undefined,
): { allowed?: string[]; types?: string[] } =>
  asked ? { allowed: [...asked], types: asked.filter((type) => simulatedTypes.has(type)) } : {};

const simulatedTypes = new Set(["card", "sepa_debit", "us_bank_account"]);

/** At the time of the customer that an intent is for; refuses one that does not exist. */
export const atPayer = (world: World, ctx: Context, customer: string | null | undefined): Context => {
  if (!customer) return ctx;
  needCustomer(world, customer);
  return atCustomer(world, ctx, customer);
};
