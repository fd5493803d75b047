import { giveBackCardToken } from "../../engine/methods/card-token.js";
import { methodOfToken, needConfirmationToken } from "../../engine/methods/confirmation-token.js";
import { resolvePaymentMethod } from "../../engine/methods/payment-method.js";
import type { Context } from "../../engine/world/context.js";
import { find } from "../../engine/world/find.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { PaymentMethod } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { makePaymentMethod, type NewMethod } from "./make-payment-method.js";

type Named = {
  confirmation_token?: string | undefined;
  payment_method?: string | undefined;
  payment_method_data?: NewMethod | undefined;
};

const givenMethod = (world: World, ctx: Context, given: Named, param: string): PaymentMethod | undefined => {
  if (given.payment_method_data)
    return makePaymentMethod(world, ctx, given.payment_method_data, "payment_method_data");
  if (given.confirmation_token !== undefined)
    return methodOfToken(world, needConfirmationToken(world, ctx, given.confirmation_token));
  return given.payment_method === undefined
    ? undefined
    : resolvePaymentMethod(world, ctx, given.payment_method, param);
};

/**
 * Acts with the payment method that a request names or brings, if any. One that was made for it is removed
 * again if the request is refused, unless the card's issuer refused: that has happened.
 */
export const withMethod = <T>(
  world: World,
  ctx: Context,
  given: Named,
  param: string,
  act: (method: PaymentMethod | undefined) => T,
): T => {
  const token = find(world.hidden.tokenMethods, given.confirmation_token);
  const known = find(world.paymentMethods, token?.id ?? given.payment_method) !== undefined;
  const method = givenMethod(world, ctx, given, param);
  try {
    return act(method);
  } catch (thrown) {
    const happened = thrown instanceof StripeError && thrown.status === 402;
    if (method && !known && !happened) {
      delete world.paymentMethods[method.id];
      // A token that was not used keeps what its card is known for.
      if (!token) delete world.hidden.cards[method.id];
      const used = given.payment_method_data?.card?.token;
      if (used !== undefined) giveBackCardToken(world, used);
    }
    throw thrown;
  }
};
