import type { CheckoutPayer } from "../checkout/completing/checkout-payer.js";
import { checkoutPaymentIntent } from "../checkout/completing/checkout-payment-intent.js";
import { completeCheckout } from "../checkout/completing/complete-checkout.js";
import { checkPayer, fillIn } from "../checkout/completing/fill-in-checkout.js";
import { type Desk, identify, keep, methodOf } from "../checkout/completing/identify-payer.js";
import { adjustCheckout } from "../checkout/opening/adjust-checkout.js";
import { checkoutSetupIntent } from "../checkout/terms/checkout-setup-intent.js";
import { needOpen } from "../checkout/terms/need-open-checkout.js";
import type { ChargeOutcome } from "../payments/charge-intent.js";
import type { Context } from "../world/context.js";
import { seededIds } from "../world/ids.js";
import { scratchOf } from "../world/scratch-world.js";
import { invalidRequest, StripeError, type StripeErrorBody } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { settlePayment, settleSetup } from "./confirm-intent.js";

export type { CardInput } from "../methods/payment-method.js";
export { authenticateIntent } from "./authenticate-intent.js";

export type CheckoutOutcome =
  | { status: "complete" }
  /** `intent` is the PaymentIntent or SetupIntent to authenticate at `/3ds/:intentId`. */
  | { status: "requires_action"; intent: string }
  | { status: "failed"; error: StripeErrorBody };

const toOutcome = (outcome: ChargeOutcome, intent: string): CheckoutOutcome => {
  if (outcome.status === "failed") return outcome;
  return outcome.status === "requires_action"
    ? { status: "requires_action", intent }
    : { status: "complete" };
};

const optionsOf = ({ hidden }: Desk) => {
  const { returnUrl } = hidden.progress;
  return returnUrl === null ? {} : { returnUrl };
};

/** Asks for the money and lets the session wait for it. */
const charge = (
  desk: Desk,
  method: PaymentMethod,
  customer: string | null,
  saves: boolean,
): CheckoutOutcome => {
  const { world, ctx, session } = desk;
  const intent = checkoutPaymentIntent(desk, customer, saves);
  if (!intent) {
    completeCheckout(world, ctx, session, method.id);
    return { status: "complete" };
  }
  world.hidden.waiting[intent.id] = { kind: "checkout", session: session.id };
  return toOutcome(settlePayment(world, ctx, intent, method, optionsOf(desk)), intent.id);
};

/** Keeps a card that pays later, and lets the session wait for it. */
const setUp = (desk: Desk, method: PaymentMethod, customer: string | null): CheckoutOutcome => {
  const { world, ctx, session } = desk;
  const intent = checkoutSetupIntent(desk, customer);
  world.hidden.waiting[intent.id] = { kind: "checkout", session: session.id };
  return toOutcome(settleSetup(world, ctx, intent, method, optionsOf(desk)), intent.id);
};

const pay = (desk: Desk, payer: CheckoutPayer): CheckoutOutcome => {
  const { world, ctx, session } = desk;
  checkPayer(desk, payer);
  const method = methodOf(desk, payer);
  fillIn(desk, payer);
  if (payer.expectedAmount !== undefined && payer.expectedAmount !== (session.amount_total ?? 0))
    throw invalidRequest(
      "The total of this Checkout Session has changed. Show the payer the new one and confirm again.",
      "checkout_amount_mismatch",
      "expected_amount",
    );
  const nothingDue = session.mode === "setup" || session.amount_total === 0;
  const mustHave = session.mode === "setup" || session.payment_method_collection === "always";
  if (!method && (!nothingDue || mustHave))
    throw invalidRequest("Missing required param: card.", "parameter_missing", "card");
  const customer = identify(desk, payer, method);
  if (!method || (nothingDue && session.mode === "payment")) {
    completeCheckout(world, ctx, session, null);
    return { status: "complete" };
  }
  if (nothingDue) return setUp(desk, method, customer);
  if (session.mode === "subscription") keep(desk, method, customer);
  return charge(desk, method, customer, payer.saves === true);
};

/** The page's only adjustable line, for callers that know no line ids. */
const applyQuantity = ({ world, ctx, session, hidden }: Desk, quantity: number | undefined): void => {
  const line = hidden.lineItems.find((item) => item.adjustable_quantity?.enabled);
  if (quantity !== undefined && line && line.quantity !== quantity)
    adjustCheckout(world, ctx, session.id, { quantities: { [line.id]: quantity } });
};

/** The session on its page, at the time of its customer. */
const deskOf = (world: World, given: Context, sessionId: string): Desk => {
  const { session, hidden } = needOpen(world, sessionId);
  return { world, ctx: atCustomer(world, given, session.customer as string | null), session, hidden };
};

const attempt = (desk: Desk, payer: CheckoutPayer): CheckoutOutcome => {
  try {
    applyQuantity(desk, payer.quantity);
    return pay(desk, payer);
  } catch (thrown) {
    if (thrown instanceof StripeError && thrown.body.type === "card_error")
      return { status: "failed", error: thrown.body };
    throw thrown;
  }
};

/**
 * Pays or confirms an open session the way the hosted page does. A card that is refused is an outcome, and
 * another may be tried. What throws was tried out on a copy, and has changed nothing.
 *
 * @throws StripeError if the session is missing or no longer open, or something required was not filled in.
 */
export const payCheckoutSession = (
  world: World,
  given: Context,
  sessionId: string,
  payer: CheckoutPayer,
): CheckoutOutcome => {
  attempt(deskOf(scratchOf(world), { ...given, ids: seededIds("rehearsal") }, sessionId), payer);
  return attempt(deskOf(world, given, sessionId), payer);
};
