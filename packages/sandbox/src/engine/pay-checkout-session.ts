import type { Context } from "./context.js";
import { invalidRequest, type StripeErrorBody } from "./stripe-error.js";
import type { World } from "./world.js";

/** A card as typed on a hosted page; nothing of the number but its last four digits is kept. */
export type CardInput = { number: string; exp_month: number; exp_year: number; cvc?: string };

export type CheckoutPayer = {
  card?: CardInput;
  paymentMethodId?: string;
  email?: string;
  name?: string;
  quantity?: number;
};

export type CheckoutOutcome =
  | { status: "complete" }
  /** `intent` is the PaymentIntent or SetupIntent to authenticate at `/3ds/:intentId`. */
  | { status: "requires_action"; intent: string }
  | { status: "failed"; error: StripeErrorBody };

/** Pays or confirms an open session the way the hosted page does. */
export const payCheckoutSession = (
  world: World,
  ctx: Context,
  sessionId: string,
  payer: CheckoutPayer,
): CheckoutOutcome => {
  void world;
  void ctx;
  void payer;
  throw invalidRequest(`Checkout session ${sessionId} can't be paid yet.`);
};

/** Ends the 3-D Secure step of an intent, and completes the session or invoice that waits for it. */
export const authenticateIntent = (
  world: World,
  ctx: Context,
  intentId: string,
  outcome: "succeed" | "fail",
): void => {
  void world;
  void ctx;
  throw invalidRequest(`${intentId} can't ${outcome} yet.`);
};
