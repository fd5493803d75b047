import type { Context } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import type { Charge, PaymentIntent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookCharge } from "./balance-transaction.js";
import { playAftermath } from "./play-aftermath.js";

/** Takes the money of a charge that was only authorised, or a part of it. */
export const captureCharge = (world: World, ctx: Context, charge: Charge, amount: number): void => {
  charge.captured = true;
  charge.amount_captured += amount;
  bookCharge(world, ctx, charge, amount);
  emit(world, ctx, "charge.captured", charge);
  if (charge.payment_intent === null) playAftermath(world, ctx, charge);
};

const capturePart = (world: World, ctx: Context, intent: PaymentIntent, charge: Charge, amount: number) => {
  change(world, ctx, "charge.updated", charge, (draft) => {
    draft.amount_captured += amount;
    bookCharge(world, ctx, draft, amount);
  });
  intent.amount_received += amount;
  intent.amount_capturable -= amount;
  emit(world, ctx, "payment_intent.amount_capturable_updated", intent);
};

/** Takes what an intent holds. Unless it is the final time, the rest stays held. */
export const captureIntent = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  amount: number,
  isFinal = true,
): void => {
  const charge = find<Charge>(world.charges, intent.latest_charge as string | null);
  if (charge && !isFinal && amount < intent.amount_capturable) {
    capturePart(world, ctx, intent, charge, amount);
    return;
  }
  intent.status = "succeeded";
  intent.amount_received += amount;
  intent.amount_capturable = 0;
  if (charge) captureCharge(world, ctx, charge, amount);
  emit(world, ctx, "payment_intent.succeeded", intent);
  if (charge) playAftermath(world, ctx, charge);
};
