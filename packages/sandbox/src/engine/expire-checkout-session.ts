import { type Context, seconds } from "./context.js";
import { emit } from "./emit.js";
import { find, need } from "./find.js";
import { cancelPaymentIntent } from "./payment-intent.js";
import { invalidRequest } from "./stripe-error.js";
import type { CheckoutSession } from "./wire.js";
import type { World } from "./world.js";

/** https://docs.stripe.com/payments/checkout/abandoned-carts */
const recoverableFor = 30 * 86_400;

/** Gives an expired session the address at which its customer can go on, if the app asked for that. */
const offerRecovery = (world: World, ctx: Context, session: CheckoutSession): void => {
  const recovery = session.after_expiration?.recovery;
  if (!recovery?.enabled) return;
  const token = ctx.ids.secret(32);
  world.hidden.recoveries[token] = session.id;
  recovery.url = `${ctx.baseUrl}/r/test_${token}`;
  recovery.expires_at = seconds(ctx) + recoverableFor;
};

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
  offerRecovery(world, ctx, session);
  const intent = find(world.paymentIntents, world.hidden.checkouts[id]?.progress.paymentIntent);
  if (intent && intent.status !== "canceled") cancelPaymentIntent(world, ctx, intent);
  emit(world, ctx, "checkout.session.expired", session);
  return session;
};
