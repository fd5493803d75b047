import type { Context } from "./context.js";
import type { Due } from "./due.js";
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
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  session.status = "expired";
  session.url = null;
  emit(world, ctx, "checkout.session.expired", session);
  return session;
};

/** The open sessions, each due when it expires. */
export const checkoutDues = (world: World): Due[] =>
  Object.values(world.checkoutSessions)
    .filter((session) => session.status === "open")
    .map((session) => ({
      id: session.id,
      at: session.expires_at,
      run: (changing, ctx) => void expireCheckoutSession(changing, ctx, session.id),
    }));
