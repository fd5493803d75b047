import type Stripe from "stripe";
import { type BankAccount, bankDebitMethod } from "../../engine/methods/bank-debit.js";
import { methodOfCardToken } from "../../engine/methods/card-token.js";
import { type CardInput, createPaymentMethod } from "../../engine/methods/payment-method.js";
import { writeBillingDetails } from "../../engine/methods/update-payment-method.js";
import type { Context } from "../../engine/world/context.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { Given, PaymentMethod } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { type Field, hash, integer, text } from "../params/fields.js";
import { requestFields } from "../params/request-fields.js";

type Card = { cvc?: string; exp_month?: number; exp_year?: number; number?: string; token?: string };

/** What a payment method is made from, in a request of its own or within an intent's. */
export type NewMethod = Pick<
  Given<Stripe.PaymentMethodCreateParams>,
  "allow_redisplay" | "billing_details" | "metadata" | "type"
> & {
  card?: Card;
  sepa_debit?: Given<Stripe.PaymentMethodCreateParams>["sepa_debit"];
  us_bank_account?: Given<Stripe.PaymentMethodCreateParams>["us_bank_account"];
};

/**
 * `payment_method_data` with a card in it: the SDK leaves it out, because a card's number should only ever
 * come from Stripe.js.
 */
export const methodData = (): Field => {
  const { payment_method_data: declared } = requestFields("POST /v1/payment_intents/:id/confirm");
  const card = hash({
    cvc: text(),
    exp_month: integer(),
    exp_year: integer(),
    number: text(),
    token: text(),
  });
  const { type = text() } = requestFields("POST /v1/payment_methods");
  return hash({ ...declared?.fields, card, type });
};

const toCard = (given: Card, param: string): CardInput => {
  const { cvc } = given;
  const { exp_month, exp_year, number } = given;
  const missing = Object.entries({ number, exp_month, exp_year }).find(([, value]) => value === undefined);
  if (number === undefined || exp_month === undefined || exp_year === undefined)
    throw invalidRequest(
      `Missing required param: ${param}[${missing?.[0]}].`,
      "parameter_missing",
      `${param}[${missing?.[0]}]`,
    );
  return { number, exp_month, exp_year, ...(cvc === undefined ? {} : { cvc }) };
};

type FromCard = { card: Card; metadata: NonNullable<NewMethod["metadata"]>; param: string };

const fromCard = (world: World, ctx: Context, { card, metadata, param }: FromCard): PaymentMethod =>
  card.token === undefined
    ? createPaymentMethod(world, ctx, { card: toCard(card, param), metadata })
    : methodOfCardToken(world, ctx, card.token, { prefix: "pm", metadata, param: `${param}[token]` });

/** A bank account, if the request gives one. */
const accountOf = (given: NewMethod, nameOf: (name: string) => string): BankAccount | undefined => {
  if (given.type !== "sepa_debit" && given.type !== "us_bank_account") return undefined;
  const [name, number] =
    given.type === "sepa_debit"
      ? ["sepa_debit[iban]", given.sepa_debit?.iban]
      : ["us_bank_account[account_number]", given.us_bank_account?.account_number];
  if (number !== undefined) return { type: given.type, number };
  throw invalidRequest(
    `Missing required param: ${nameOf(name ?? "")}.`,
    "parameter_missing",
    nameOf(name ?? ""),
  );
};

const checkType = (type: string | undefined, param: string): void => {
  if (type === undefined)
    throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  if (type !== "card")
    throw invalidRequest(
      `The payment method type "${type}" is invalid. Please ensure the provided type is activated in your ` +
        "dashboard (https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any " +
        "preview features that you are trying to use.",
      "payment_method_not_available",
      param,
    );
};

/** Makes a payment method from what a request gives; `within` names the parameter that it came in. */
export const makePaymentMethod = (
  world: World,
  ctx: Context,
  given: NewMethod,
  within?: string,
): PaymentMethod => {
  const nameOf = (name: string): string => (within === undefined ? name : `${within}[${name}]`);
  const account = accountOf(given, nameOf);
  if (!account) checkType(given.type, nameOf("type"));
  if (!account && !given.card)
    throw invalidRequest(`Missing required param: ${nameOf("card")}.`, "parameter_missing", nameOf("card"));
  const metadata = given.metadata ?? {};
  const method = account
    ? bankDebitMethod(world, ctx, account, {}, metadata)
    : fromCard(world, ctx, { card: given.card ?? {}, metadata, param: nameOf("card") });
  if (given.billing_details) writeBillingDetails(method, given.billing_details);
  if (given.allow_redisplay) method.allow_redisplay = given.allow_redisplay;
  return method;
};
