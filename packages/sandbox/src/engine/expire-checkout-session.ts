import type { Context } from "./context.js";
import { emit } from "./emit.js";
import { need } from "./find.js";
import { invalidRequest } from "./stripe-error.js";
import type { CheckoutSession } from "./wire.js";
import type { World } from "./world.js";

/** Ends an open session; its page then says so, and it can never be paid. */
export const expireCheckoutSession = (world: World, ctx: Context, id: string): CheckoutSession => {
  const session = need(world.checkoutSessions, "checkout.session", id);
  if (session.status !== "open")
    throw invalidRequest(
      'Only Checkout Sessions with a status in ["open"] can be expired. ' +
        `This Checkout Session has a status of \`${session.status}\`.`,
    );
  session.status = "expired";
  session.url = null;
  emit(world, ctx, "checkout.session.expired", session);
  return session;
};
