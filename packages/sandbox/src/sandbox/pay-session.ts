import {
  authenticateIntent,
  type CheckoutOutcome,
  payCheckoutSession,
} from "../engine/paying/pay-checkout-session.js";
import { find } from "../engine/world/find.js";
import type { StripeErrorBody } from "../engine/world/stripe-error.js";
import type { SandboxRoom } from "../rooms/sandbox-room.js";

/** What else a payer types or chooses. */
export type PayOptions = {
  /** @default that of the session's customer, else "customer@example.com" */
  email?: string;
  /** @default "Test Customer" */
  name?: string;
  /** How many, where the page lets people choose. @default what the session says */
  quantity?: number;
  /** Answers to custom fields, by their keys. */
  answers?: Record<string, string>;
  /** How 3-D Secure ends where the card asks for it. @default "succeed" */
  authentication?: "succeed" | "fail";
};

/** The card that pays. */
const payingCard = "4242 4242 4242 4242";

const declined = (error: Partial<StripeErrorBody> | null | undefined): Error => {
  const reason = error?.decline_code ?? error?.code ?? "not completed";
  return new Error(`${error?.message ?? "The payment did not go through."} (${reason})`, { cause: error });
};

const authenticate = (room: SandboxRoom, intent: string, outcome: "succeed" | "fail"): void => {
  room.mutate((world, ctx) => authenticateIntent(world, ctx, intent, outcome));
};

/** Why a session stayed open after 3-D Secure. */
const refusalOf = ({ world }: SandboxRoom, intent: string) =>
  find(world.paymentIntents, intent)?.last_payment_error ??
  find(world.setupIntents, intent)?.last_setup_error;

/**
 * Pays an open session as its page does, with an accepted consent and a step of 3-D Secure where the card asks for it.
 *
 * @throws Error with the decline code when the card is refused, and what the page would refuse.
 */
export const paySession = (
  rooms: readonly SandboxRoom[],
  sessionId: string,
  card: string = payingCard,
  { email, name = "Test Customer", quantity, answers, authentication = "succeed" }: PayOptions = {},
): void => {
  const room = rooms.find(({ world }) => find(world.checkoutSessions, sessionId));
  const session = room && find(room.world.checkoutSessions, sessionId);
  if (!room || !session) throw new Error(`This sandbox has no checkout session ${sessionId}.`);
  const known = find(room.world.customers, session.customer as string | null);
  const payer = {
    card: {
      number: card.replaceAll(/\D/g, ""),
      exp_month: 12,
      exp_year: room.now().getUTCFullYear() + 5,
      cvc: "123",
    },
    email: email ?? known?.email ?? session.customer_email ?? "customer@example.com",
    name,
    acceptsTerms: true,
    ...(quantity === undefined ? {} : { quantity }),
    ...(answers ? { answers } : {}),
  };
  const outcome: CheckoutOutcome = room.mutate((world, ctx) =>
    payCheckoutSession(world, ctx, sessionId, payer),
  );
  if (outcome.status === "failed") throw declined(outcome.error);
  if (outcome.status === "complete") return;
  authenticate(room, outcome.intent, authentication);
  const after = find(room.world.checkoutSessions, sessionId);
  if (after?.status !== "complete")
    throw declined(refusalOf(room, outcome.intent) as Partial<StripeErrorBody>);
};
