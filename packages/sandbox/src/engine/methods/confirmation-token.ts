import { type Context, seconds } from "../world/context.js";
import { find, need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { ConfirmationToken, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";

/** https://docs.stripe.com/api/confirmation_tokens/object: a token is good for twelve hours. */
const lifetime = 43_200;

export type NewConfirmationToken = {
  method: PaymentMethod;
  /** Whether the method was stored before, rather than brought by the token. */
  stored: boolean;
  return_url: string | null;
  setup_future_usage: "off_session" | "on_session" | null;
  shipping: ConfirmationToken["shipping"];
  use_stripe_sdk: boolean;
  metadata: Record<string, string>;
};

type Preview = NonNullable<ConfirmationToken["payment_method_preview"]>;

const previewOf = (method: PaymentMethod): Preview => {
  const { allow_redisplay, billing_details, card, customer, sepa_debit, type, us_bank_account } =
    structuredClone(method);
  return {
    ...(allow_redisplay ? { allow_redisplay } : {}),
    billing_details,
    ...(card ? { card: card as Preview["card"] & object } : {}),
    customer,
    customer_account: null,
    ...(sepa_debit ? { sepa_debit: sepa_debit as Preview["sepa_debit"] & object } : {}),
    ...(us_bank_account ? { us_bank_account: us_bank_account as Preview["us_bank_account"] & object } : {}),
    type: type as Preview["type"],
  };
};

/**
 * Keeps what the customer typed, for a server to confirm with. A method that the token brings is not a
 * payment method yet: it becomes one when the token is used.
 */
export const createConfirmationToken = (
  world: World,
  ctx: Context,
  fields: NewConfirmationToken,
): ConfirmationToken => {
  const { method, stored, ...kept } = fields;
  const token: ConfirmationToken = {
    id: ctx.ids.id("ctoken"),
    object: "confirmation_token",
    created: seconds(ctx),
    expires_at: seconds(ctx) + lifetime,
    livemode: false,
    mandate_data: null,
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: previewOf(method),
    setup_intent: null,
    ...kept,
  };
  world.confirmationTokens[token.id] = token;
  world.hidden.tokenMethods[token.id] = structuredClone(method);
  if (!stored) delete world.paymentMethods[method.id];
  return token;
};

/** A token that can still be confirmed with, or Stripe's refusal. */
export const needConfirmationToken = (world: World, ctx: Context, id: string): ConfirmationToken => {
  const token = need(world.confirmationTokens, "confirmation_token", id, "confirmation_token");
  if (token.payment_intent !== null || token.setup_intent !== null)
    throw invalidRequest(
      `The ConfirmationToken ${id} has already been used. Create a new one to confirm again.`,
      undefined,
      "confirmation_token",
    );
  if (token.expires_at !== null && token.expires_at <= seconds(ctx))
    throw invalidRequest(`The ConfirmationToken ${id} has expired.`, undefined, "confirmation_token");
  return token;
};

/** The payment method that a token stands for, stored from now on. */
export const methodOfToken = (world: World, token: ConfirmationToken): PaymentMethod => {
  const kept = need(world.hidden.tokenMethods, "PaymentMethod", token.id);
  const known = find(world.paymentMethods, kept.id);
  if (known) return known;
  world.paymentMethods[kept.id] = kept;
  return kept;
};

/** Notes what the token was used for: it can't be used again. */
export const spendConfirmationToken = (token: ConfirmationToken, intent: string): void => {
  token.expires_at = null;
  if (intent.startsWith("seti")) token.setup_intent = intent;
  else token.payment_intent = intent;
};

/** What the token says about later payments; the SDK's enum is open, ours is not. */
export const usageOfToken = (
  token: ConfirmationToken | undefined,
): "off_session" | "on_session" | undefined => {
  const usage = token?.setup_future_usage;
  if (usage === "off_session") return "off_session";
  return usage === "on_session" ? "on_session" : undefined;
};
