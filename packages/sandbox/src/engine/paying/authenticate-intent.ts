import { markInvoiceUnpaid } from "../invoices/paying/pay-invoice.js";
import { type Deposits, readDeposits } from "../payments/microdeposits.js";
import { failSetup } from "../payments/setup-intent.js";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import { invalidRequest, missing, type StripeErrorBody } from "../world/stripe-error.js";
import type { Invoice, PaymentIntent, PaymentMethod, SetupIntent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { settlePayment, settleSetup } from "./confirm-intent.js";

/** Stripe says it of both kinds in the words of a payment. */
const refusal = (kind: "payment_intent" | "setup_intent"): StripeErrorBody => ({
  ...invalidRequest(
    "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new " +
      "PaymentMethod to attempt to fulfill this PaymentIntent again.",
    `${kind}_authentication_failure`,
  ).body,
});

const failPayment = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  error: StripeErrorBody = refusal("payment_intent"),
): void => {
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_payment_error = {
    ...error,
    payment_method: structuredClone(method),
    payment_method_type: method.type,
  } as PaymentIntent["last_payment_error"];
  emit(world, ctx, "payment_intent.payment_failed", intent);
  const invoice = find<Invoice>(world.invoices, find(world.hidden.invoiceOfIntent, intent.id));
  if (invoice?.status === "open") markInvoiceUnpaid(world, ctx, invoice, { status: "failed", error });
};

/** Ends an intent's wait for its customer or for a bank without success. */
export const failWaiting = (
  world: World,
  ctx: Context,
  intent: PaymentIntent | SetupIntent,
  method: PaymentMethod,
  error: StripeErrorBody,
): void => {
  if (intent.object === "payment_intent") failPayment(world, ctx, intent, method, error);
  else failSetup(world, ctx, intent, method, error);
};

const waitingIntent = (world: World, id: string): PaymentIntent | SetupIntent => {
  const intent = find(world.paymentIntents, id) ?? find(world.setupIntents, id);
  if (!intent) throw missing(id.startsWith("seti") ? "setupintent" : "payment_intent", id);
  if (intent.status !== "requires_action")
    throw invalidRequest(`${id} has a status of ${intent.status}: there is nothing to authenticate.`);
  return intent;
};

/** Ends the 3-D Secure step of an intent, and completes the session or invoice that waits for it. */
export const authenticateIntent = (
  world: World,
  ctx: Context,
  intentId: string,
  outcome: "fail" | "succeed",
): void => {
  const intent = waitingIntent(world, intentId);
  const method = need(world.paymentMethods, "PaymentMethod", intent.payment_method as string);
  if (intent.object === "payment_intent") {
    if (outcome === "fail") failPayment(world, ctx, intent, method);
    else settlePayment(world, ctx, intent, method, { authenticated: true });
  } else if (outcome === "fail") failSetup(world, ctx, intent, method, refusal("setup_intent"));
  else settleSetup(world, ctx, intent, method, { authenticated: true });
};

/**
 * Ends an intent's wait for small deposits: the account is verified for good, or the attempt has failed.
 *
 * @throws StripeError for a wrong answer, which leaves the intent waiting.
 */
export const verifyDeposits = (world: World, ctx: Context, id: string, given: Deposits): void => {
  const intent = waitingIntent(world, id);
  const method = need(world.paymentMethods, "PaymentMethod", intent.payment_method as string);
  const answer = readDeposits(given);
  if (answer.outcome === "verified") {
    world.hidden.verifiedAccounts[method.id] = true;
    authenticateIntent(world, ctx, id, "succeed");
  } else failWaiting(world, ctx, intent, method, answer.error.body);
};
