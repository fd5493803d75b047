import {
  authenticateIntent,
  type CheckoutOutcome,
  payCheckoutSession,
} from "../engine/paying/pay-checkout-session.js";
import { find } from "../engine/world/find.js";
import type { StripeErrorBody } from "../engine/world/stripe-error.js";
import type { SandboxRoom } from "../rooms/sandbox-room.js";
import { type PayOptions, typedPayer } from "./typed-payer.js";

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
 * Pays an open session as its page does, with all that the page asks for and a step of 3-D Secure where the card wants it.
 *
 * @throws Error with the decline code when the card is refused, and what the page would refuse.
 */
export const paySession = (rooms: readonly SandboxRoom[], sessionId: string, options: PayOptions): void => {
  const room = rooms.find(({ world }) => find(world.checkoutSessions, sessionId));
  const session = room && find(room.world.checkoutSessions, sessionId);
  if (!room || !session) throw new Error(`This sandbox has no checkout session ${sessionId}.`);
  const known = find(room.world.customers, session.customer as string | null);
  const email = options.email ?? known?.email ?? undefined;
  const payer = typedPayer(session, { email, now: room.now() }, options);
  const outcome: CheckoutOutcome = room.mutate((world, ctx) =>
    payCheckoutSession(world, ctx, sessionId, payer),
  );
  if (outcome.status === "failed") throw declined(outcome.error);
  if (outcome.status === "complete") return;
  authenticate(room, outcome.intent, options.authentication ?? "succeed");
  const after = find(room.world.checkoutSessions, sessionId);
  if (after?.status !== "complete")
    throw declined(refusalOf(room, outcome.intent) as Partial<StripeErrorBody>);
};
