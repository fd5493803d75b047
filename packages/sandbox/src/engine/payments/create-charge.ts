import { hasExpired } from "../methods/card-expiry.js";
import { askIssuer, behaviourOf, forgetFailure } from "../methods/card-memory.js";
import { declineBody, type Refusal } from "../methods/decline.js";
import { toCardSource } from "../methods/to-card-source.js";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { StripeError } from "../world/stripe-error.js";
import type { Charge, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookCharge } from "./balance-transaction.js";
import { type ChargeBill, chargeFor } from "./charge.js";
import { predictCharge } from "./charge-intent.js";
import { playAftermath } from "./play-aftermath.js";

/** What the issuer says to a charge that can't ask its holder anything. */
const answerOf = (world: World, ctx: Context, method: PaymentMethod): Refusal | "ok" => {
  if (hasExpired(world, ctx, method)) return "expired_card";
  const answer = predictCharge(world, method, { offSession: true });
  return answer === "requires_action" ? "authentication_required" : answer;
};

/**
 * Charges a card of the old kind, without an intent.
 *
 * @throws StripeError the card error of an issuer that refuses; the failed charge remains.
 */
export const createCharge = (
  world: World,
  ctx: Context,
  bill: Omit<ChargeBill, "intent">,
  method: PaymentMethod,
): Charge => {
  const answer = answerOf(world, ctx, method);
  forgetFailure(world, method.id);
  askIssuer(world, method);
  const error = answer === "ok" ? null : declineBody(answer);
  const charge: Charge = {
    ...chargeFor(ctx, { ...bill, intent: null }, method, error, behaviourOf(world, method.id).risk),
    source: toCardSource(method),
  };
  world.charges[charge.id] = charge;
  if (error) {
    emit(world, ctx, "charge.failed", charge);
    throw new StripeError(402, { ...error, charge: charge.id });
  }
  if (charge.captured) bookCharge(world, ctx, charge);
  emit(world, ctx, "charge.succeeded", charge);
  if (charge.captured) playAftermath(world, ctx, charge);
  return charge;
};
