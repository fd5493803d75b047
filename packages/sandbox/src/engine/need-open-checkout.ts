import { need } from "./find.js";
import { invalidRequest } from "./stripe-error.js";
import type { CheckoutSession } from "./wire.js";
import type { CheckoutIntent, World } from "./world.js";

/** A session that can still be paid, with its hidden part, or Stripe's refusal. */
export const needOpen = (world: World, id: string): { session: CheckoutSession; hidden: CheckoutIntent } => {
  const session = need(world.checkoutSessions, "checkout.session", id);
  const hidden = world.hidden.checkouts[id];
  if (session.status !== "open" || !hidden)
    throw invalidRequest(`This Checkout Session is ${session.status}.`);
  return { session, hidden };
};
