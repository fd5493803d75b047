import { adoptMethod, completeCheckout } from "../checkout/completing/complete-checkout.js";
import { creditPayment } from "../collection/attach-payment.js";
import { collectInvoice } from "../collection/collect-invoice.js";
import { intentOf } from "../invoices/paying/invoice-payment.js";
import { applyNewCard } from "../methods/apply-new-card.js";
import { type ChargeOptions, type ChargeOutcome, chargeIntent } from "../payments/charge-intent.js";
import { confirmSetup, type SetupOptions, type SetupOutcome } from "../payments/setup-intent.js";
import { unexpectedState } from "../payments/unexpected-state.js";
import type { Context } from "../world/context.js";
import { find } from "../world/find.js";
import { StripeError } from "../world/stripe-error.js";
import type { Invoice, PaymentIntent, PaymentMethod, SetupIntent } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Lets whatever waited for an intent continue. */
const goOn = (world: World, ctx: Context, intent: PaymentIntent | SetupIntent): void => {
  const waiting = find(world.hidden.waiting, intent.id);
  if (!waiting) return;
  delete world.hidden.waiting[intent.id];
  const method = intent.payment_method as string;
  if (waiting.kind === "checkout") {
    const session = find(world.checkoutSessions, waiting.session);
    if (session) completeCheckout(world, ctx, session, method);
  } else if (waiting.kind === "portal") applyNewCard(world, ctx, waiting.customer, method);
  else {
    const subscription = find(world.subscriptions, waiting.subscription);
    if (subscription) adoptMethod(world, ctx, subscription, method);
  }
};

/** Takes an intent's money, with everything that depends on it: its invoice, subscription and checkout. */
export const settlePayment = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  options: ChargeOptions,
): ChargeOutcome => {
  if (options.returnUrl !== undefined) world.hidden.returnUrls[intent.id] = options.returnUrl;
  const invoice = find<Invoice>(world.invoices, find(world.hidden.invoiceOfIntent, intent.id));
  const isDefault = invoice !== undefined && intentOf(world, invoice)?.id === intent.id;
  const collects = isDefault && (invoice.status === "open" || invoice.status === "uncollectible");
  const outcome = collects
    ? collectInvoice(world, ctx, invoice, method, options)
    : chargeIntent(world, ctx, intent, method, options);
  if (outcome.status === "succeeded" && invoice && !collects) creditPayment(world, ctx, intent);
  if (outcome.status === "succeeded" || outcome.status === "processing") goOn(world, ctx, intent);
  return outcome;
};

/** Keeps a card, with everything that depends on it. */
export const settleSetup = (
  world: World,
  ctx: Context,
  intent: SetupIntent,
  method: PaymentMethod,
  options: SetupOptions,
): SetupOutcome => {
  if (options.returnUrl !== undefined) world.hidden.returnUrls[intent.id] = options.returnUrl;
  const outcome = confirmSetup(world, ctx, intent, method, options);
  if (outcome.status === "succeeded") goOn(world, ctx, intent);
  return outcome;
};

const confirmable = ["requires_payment_method", "requires_confirmation", "requires_action"];

/** Refuses what can no longer be confirmed, or has nothing to confirm with. */
export const checkConfirmable = (
  intent: PaymentIntent | SetupIntent,
  method: PaymentMethod | undefined,
  kind: "PaymentIntent" | "SetupIntent",
): PaymentMethod => {
  if (kind === "SetupIntent" && intent.status === "canceled")
    throw unexpectedState(intent, "You cannot confirm this SetupIntent because it has been canceled.");
  if (!method)
    throw unexpectedState(
      intent,
      `You cannot confirm this ${kind} because it's missing a payment method. ` +
        (kind === "PaymentIntent" && intent.customer !== null
          ? `To confirm the PaymentIntent with ${intent.customer as string}, specify a payment method attached to this ` +
            "customer along with the customer ID."
          : `You can either update the ${kind} with a payment method and then confirm it again, or confirm it again ` +
            "directly with a payment method or ConfirmationToken."),
    );
  if (kind === "SetupIntent" && intent.status === "succeeded")
    throw unexpectedState(intent, "You cannot confirm this SetupIntent because it has already succeeded.");
  if (!confirmable.includes(intent.status))
    throw unexpectedState(
      intent,
      `You cannot confirm this ${kind} because it has a status of ${intent.status}. ` +
        `Only a ${kind} with one of the following statuses may be confirmed: ${confirmable.join(", ")}.`,
    );
  return method;
};

/** Confirms a payment; throws the card error if the issuer refuses. */
export const confirmPaymentIntent = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  given: PaymentMethod | undefined,
  options: ChargeOptions,
): PaymentIntent => {
  const known = given ?? find<PaymentMethod>(world.paymentMethods, intent.payment_method as string | null);
  const method = checkConfirmable(intent, known, "PaymentIntent");
  const outcome = settlePayment(world, ctx, intent, method, options);
  if (outcome.status === "failed") throw new StripeError(402, outcome.error);
  return intent;
};

/** Confirms a setup; throws the card error if the issuer refuses. */
export const confirmSetupIntent = (
  world: World,
  ctx: Context,
  intent: SetupIntent,
  given: PaymentMethod | undefined,
  options: SetupOptions,
): SetupIntent => {
  const known = given ?? find<PaymentMethod>(world.paymentMethods, intent.payment_method as string | null);
  const method = checkConfirmable(intent, known, "SetupIntent");
  const outcome = settleSetup(world, ctx, intent, method, options);
  if (outcome.status === "failed") throw new StripeError(402, outcome.error);
  return intent;
};
