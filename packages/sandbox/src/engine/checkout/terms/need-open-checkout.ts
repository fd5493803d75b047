import { need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CheckoutSession } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { HiddenCheckout } from "./checkout-order.js";

/** A session that can still be paid, with its hidden part, or Stripe's refusal. */
export const needOpen = (world: World, id: string): { session: CheckoutSession; hidden: HiddenCheckout } => {
  const session = need(world.checkoutSessions, "checkout.session", id);
  const hidden = world.hidden.checkouts[id];
  if (session.status !== "open" || !hidden)
    throw invalidRequest(`This Checkout Session is ${session.status}.`);
  return { session, hidden };
};
