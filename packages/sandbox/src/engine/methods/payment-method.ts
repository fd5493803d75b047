import { needCustomer } from "../customers/customer.js";
import type { Context } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import type { MetadataChange } from "../world/metadata.js";
import { cardError, invalidRequest, StripeError } from "../world/stripe-error.js";
import type { Customer, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { debitMethodOfToken } from "./bank-debit.js";
import { type BillingDetails, blankPaymentMethod } from "./blank-payment-method.js";
import type { CardBehaviour } from "./card-behaviour.js";
import { askIssuer, behaviourOf } from "./card-memory.js";
import { declineBody } from "./decline.js";
import { cardOfToken, numberOfToken, readTestCard, type TestCard } from "./test-cards.js";

/** A card as typed; nothing of the number but its last four digits is kept. */
export type CardInput = {
  number: string;
  exp_month: number;
  exp_year: number;
  cvc?: string;
  /** Whether a test token stands for it. */
  ofToken?: boolean;
};

export type NewPaymentMethod = {
  card: CardInput;
  billing_details?: BillingDetails;
  /** `card` makes a source of the old kind, which is a payment method too. @default "pm" */
  prefix?: "card" | "pm";
  metadata?: MetadataChange;
};

const checkExpiry = (ctx: Context, card: CardInput): void => {
  const year = card.exp_year < 100 ? 2000 + card.exp_year : card.exp_year;
  const present = ctx.now.getUTCFullYear();
  if (card.exp_month < 1 || card.exp_month > 12)
    throw cardError({
      code: "invalid_expiry_month",
      message: "Your card's expiration month is invalid.",
      param: "exp_month",
    });
  if (year < present || year > present + 50)
    throw cardError({
      code: "invalid_expiry_year",
      message: "Your card's expiration year is invalid.",
      param: "exp_year",
    });
  if (year === present && card.exp_month < ctx.now.getUTCMonth() + 1)
    throw cardError({
      code: "invalid_expiry_month",
      message: "Your card's expiration month is invalid.",
      param: "exp_month",
    });
};

const checkCvc = (cvc: string | undefined): void => {
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc))
    throw cardError({ code: "invalid_cvc", message: "Your card's security code is invalid.", param: "cvc" });
};

const cardOf = (card: TestCard, input: CardInput, number: string): NonNullable<PaymentMethod["card"]> => ({
  brand: card.brand,
  checks: {
    address_line1_check: card.behaviour.checks?.line1 ?? null,
    address_postal_code_check: card.behaviour.checks?.postal ?? null,
    // Without a code there is nothing to check; with one, the issuer looks at it when it is first asked.
    cvc_check: input.cvc === undefined ? null : "unchecked",
  },
  country: card.country,
  display_brand: card.brand,
  exp_month: input.exp_month,
  exp_year: input.exp_year < 100 ? 2000 + input.exp_year : input.exp_year,
  fingerprint: card.fingerprint,
  funding: card.funding,
  generated_from: null,
  last4: number.slice(-4),
  networks: { available: [card.brand], preferred: null },
  regulated_status: "unregulated",
  three_d_secure_usage: { supported: true },
  wallet: null,
});

/** Reads a card and keeps what may be kept; throws a card error for an impossible number, date or code. */
export const createPaymentMethod = (world: World, ctx: Context, fields: NewPaymentMethod): PaymentMethod => {
  const number = fields.card.number.replace(/[\s-]/g, "");
  const card = readTestCard(number);
  checkExpiry(ctx, fields.card);
  checkCvc(fields.card.cvc);
  const method: PaymentMethod = {
    ...blankPaymentMethod(ctx, ctx.ids.id(fields.prefix ?? "pm"), fields),
    card: cardOf(card, fields.card, number),
    type: "card",
  };
  world.paymentMethods[method.id] = method;
  world.hidden.cards[method.id] = { ...card.behaviour, ...(fields.card.ofToken ? { ofToken: true } : {}) };
  return method;
};

/** A stored payment method, or a fresh one for a token such as `pm_card_visa`. */
export const resolvePaymentMethod = (
  world: World,
  ctx: Context,
  id: string,
  param = "payment_method",
): PaymentMethod => {
  const number = numberOfToken(id);
  if (number === undefined)
    return debitMethodOfToken(world, ctx, id) ?? need(world.paymentMethods, "PaymentMethod", id, param);
  return createPaymentMethod(world, ctx, { card: cardOfToken(ctx, number) });
};

/** Throws the card error of an issuer that refuses to have its card kept. */
export const checkCanBeSaved = ({ onSetup }: CardBehaviour): void => {
  // Stripe blames a parameter even where there is none to blame.
  if (onSetup !== "ok" && onSetup !== "requires_action")
    throw new StripeError(402, { param: "", ...declineBody(onSetup) });
};

/** Throws the card error of an issuer that refuses to have this card kept. */
const checkSavable = (world: World, method: PaymentMethod): void =>
  checkCanBeSaved(behaviourOf(world, method.id));

/** Refuses what can't be given to a customer: another one's, or what the issuer does not let be kept. */
export const checkAttachable = (world: World, method: PaymentMethod): void => {
  if (method.customer !== null)
    throw invalidRequest("The payment method you provided has already been attached to a customer.");
  checkSavable(world, method);
  askIssuer(world, method);
};

/** Gives a payment method to a customer; throws if the issuer refuses or another customer has it. */
export const attachPaymentMethod = (
  world: World,
  ctx: Context,
  method: PaymentMethod,
  customer: string,
): PaymentMethod => {
  needCustomer(world, customer);
  if (method.customer === customer) return method;
  checkAttachable(world, method);
  method.customer = customer;
  emit(world, ctx, "payment_method.attached", method);
  return method;
};

/** Takes a payment method from its customer, for good; nothing falls back on it from then on. */
export const detachPaymentMethod = (world: World, ctx: Context, id: string): PaymentMethod => {
  const method = need(world.paymentMethods, "PaymentMethod", id);
  const owner = find<Customer>(world.customers, method.customer);
  if (!owner)
    throw invalidRequest(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
    );
  method.customer = null;
  for (const subscription of Object.values(world.subscriptions))
    if (subscription.default_payment_method === id) subscription.default_payment_method = null;
  emit(world, ctx, "payment_method.detached", method, { customer: owner.id });
  change(world, ctx, "customer.updated", owner, ({ invoice_settings }) => {
    if (invoice_settings.default_payment_method === id) invoice_settings.default_payment_method = null;
  });
  return method;
};
