import { hasExpired, keepUpToDate } from "../methods/card-expiry.js";
import { askIssuer, behaviourOf, forgetFailure, rememberAuthentication } from "../methods/card-memory.js";
import { declineBody, type Refusal } from "../methods/decline.js";
import { attachPaymentMethod } from "../methods/payment-method.js";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import type { StripeErrorBody } from "../world/stripe-error.js";
import type { Charge, PaymentIntent, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookCharge } from "./balance-transaction.js";
import { billOf, chargeFor } from "./charge.js";
import { awaitsDeposits, sendDeposits } from "./microdeposits.js";
import { playAftermath } from "./play-aftermath.js";
import { debitDetailsOf, isBlocked, isDelayed, startDebit } from "./start-debit.js";
import { type ThreeDSecureRequest, threeDSecureOf } from "./three-d-secure.js";

export type ChargeOptions = {
  /** The customer isn't there to answer a 3-D Secure question. */
  offSession?: boolean;
  /** Nobody is there, and an invoice can wait: a card that was set up pays without a question. @default false */
  byMerchant?: boolean;
  /** A 3-D Secure question is as good as a refusal. */
  failOnAction?: boolean;
  /** The 3-D Secure question was just answered. */
  authenticated?: boolean;
  returnUrl?: string;
  useStripeSdk?: boolean;
  /** When an invoice is tried again if this attempt fails, in seconds; null if it is not. */
  nextAttempt?: number | null;
};

export type ChargeOutcome =
  | { status: "failed"; error: StripeErrorBody }
  | { status: "processing" }
  | { status: "requires_action" }
  | { status: "succeeded" };

/** A renewal, and whatever else goes on without the customer, has nobody to ask. */
const isThere = ({ byMerchant, offSession }: ChargeOptions): boolean => !offSession && !byMerchant;

/**
 * What the issuer will say to a charge. A card that is not enrolled, such as 4242…, has nothing to ask.
 * https://docs.stripe.com/testing#three-ds-cards
 */
export const predictCharge = (
  world: World,
  method: PaymentMethod,
  options: ChargeOptions,
  request: ThreeDSecureRequest = "automatic",
): Refusal | "ok" | "requires_action" => {
  const behaviour = behaviourOf(world, method.id);
  const { afterAuthentication, asksPresent, failNext, onCharge, onRequest = "ok" } = behaviour;
  if (failNext) return failNext;
  const couldAsk = onCharge === "ok" && isThere(options) && !options.authenticated;
  if (couldAsk && !asksPresent && request !== "automatic") return onRequest;
  if (onCharge !== "requires_action" && !(couldAsk && asksPresent)) return onCharge;
  if (options.authenticated) return afterAuthentication ?? "ok";
  return options.offSession || options.failOnAction ? "authentication_required" : "requires_action";
};

export type NextAction =
  | { type: "redirect_to_url"; redirect_to_url: { return_url: string; url: string } }
  | { type: "use_stripe_sdk"; use_stripe_sdk: { type: string; stripe_js: string } };

/** What the customer does next: Stripe.js handles it in the page, or a redirect does. */
export const nextAction = (ctx: Context, intent: string, options: ChargeOptions): NextAction => {
  const url = `${ctx.baseUrl}/3ds/${intent}`;
  if (options.returnUrl !== undefined && !options.useStripeSdk)
    return { type: "redirect_to_url", redirect_to_url: { return_url: options.returnUrl, url } };
  // The contents are Stripe.js's own business; ours says where the challenge is.
  return { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url } };
};

/** The charge that an issuer refused. One that asks who is there was not asked for money, so there is none. */
const failedCharge = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  body: StripeErrorBody,
): Charge | undefined => {
  if (body.code === "authentication_required") return undefined;
  askIssuer(world, method);
  const risk = isBlocked(world, method) ? "highest" : behaviourOf(world, method.id).risk;
  const charge = chargeFor(ctx, billOf(world, intent), method, body, risk);
  if (!method.card) charge.payment_method_details = debitDetailsOf(method);
  world.charges[charge.id] = charge;
  intent.latest_charge = charge.id;
  return charge;
};

const fail = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  refusal: Refusal,
): ChargeOutcome => {
  const body = declineBody(refusal);
  const charge = failedCharge(world, ctx, intent, method, body);
  const error = { ...body, ...(charge ? { charge: charge.id } : {}) };
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_payment_error = {
    ...error,
    type: "card_error",
    payment_method: structuredClone(method),
    payment_method_type: method.type,
  } as PaymentIntent["last_payment_error"];
  if (charge) emit(world, ctx, "charge.failed", charge);
  emit(world, ctx, "payment_intent.payment_failed", intent);
  return {
    status: "failed",
    error: { ...error, payment_method: { ...method }, payment_intent: structuredClone({ ...intent }) },
  };
};

/** Keeps a payment method for later, if the intent asks for that. */
const keep = (world: World, ctx: Context, intent: PaymentIntent, method: PaymentMethod): void => {
  if (intent.customer === null || intent.setup_future_usage === null || method.customer !== null) return;
  attachPaymentMethod(world, ctx, method, intent.customer as string);
};

const succeed = (world: World, ctx: Context, intent: PaymentIntent, method: PaymentMethod): ChargeOutcome => {
  askIssuer(world, method);
  const charge = chargeFor(ctx, billOf(world, intent), method, null, behaviourOf(world, method.id).risk);
  world.charges[charge.id] = charge;
  intent.latest_charge = charge.id;
  intent.last_payment_error = null;
  intent.next_action = null;
  if (intent.capture_method === "manual") {
    intent.status = "requires_capture";
    intent.amount_capturable = intent.amount;
    emit(world, ctx, "charge.succeeded", charge);
    emit(world, ctx, "payment_intent.amount_capturable_updated", intent);
    keep(world, ctx, intent, method);
    return { status: "succeeded" };
  }
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  if (intent.capture_method !== "automatic_async") bookCharge(world, ctx, charge);
  emit(world, ctx, "charge.succeeded", charge);
  playAftermath(world, ctx, charge);
  emit(world, ctx, "payment_intent.succeeded", intent);
  keep(world, ctx, intent, method);
  return { status: "succeeded" };
};

/** Asks the issuer for an intent's money. A refusal is an outcome, not a throw. */
export const chargeIntent = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  options: ChargeOptions,
): ChargeOutcome => {
  if (!options.authenticated && awaitsDeposits(world, intent, method))
    return sendDeposits(world, ctx, intent, method);
  if (isBlocked(world, method)) return fail(world, ctx, intent, method, "fraudulent");
  if (isDelayed(world, method)) return startDebit(world, ctx, intent, method);
  keepUpToDate(world, ctx, method);
  const answer = hasExpired(world, ctx, method)
    ? "expired_card"
    : predictCharge(world, method, options, threeDSecureOf(intent));
  forgetFailure(world, method.id);
  intent.payment_method = method.id;
  if (answer === "requires_action") {
    intent.status = "requires_action";
    intent.next_action = nextAction(ctx, intent.id, options);
    emit(world, ctx, "payment_intent.requires_action", intent);
    return { status: "requires_action" };
  }
  if (answer !== "ok") return fail(world, ctx, intent, method, answer);
  if (options.authenticated) rememberAuthentication(world, method.id);
  return succeed(world, ctx, intent, method);
};
