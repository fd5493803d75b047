import { cancelPaymentIntent } from "../../payments/payment-intent.js";
import { cancelSetupIntent } from "../../payments/setup-intent.js";
import { type Context, day, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find, need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CheckoutSession } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** https://docs.stripe.com/payments/checkout/abandoned-carts */
const recoverableFor = 30 * day;

/** Gives an expired session the address at which its customer can continue, if the app asked for that. */
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
  const setup = find(world.setupIntents, world.hidden.checkouts[id]?.progress.setupIntent);
  if (setup && setup.status !== "canceled") cancelSetupIntent(world, ctx, setup, null);
  emit(world, ctx, "checkout.session.expired", session);
  return session;
};
