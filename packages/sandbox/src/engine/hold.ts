import { bookCharge } from "./balance-transaction.js";
import { holdTime } from "./charge.js";
import type { Context } from "./context.js";
import type { Due } from "./due.js";
import { change, emit } from "./emit.js";
import { find } from "./find.js";
import { endPaymentIntent } from "./payment-intent.js";
import { playAftermath } from "./play-aftermath.js";
import { releaseCharge } from "./release-charge.js";
import { touch } from "./touch.js";
import type { Charge, PaymentIntent } from "./wire.js";
import type { World } from "./world.js";

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

const isHeld = (charge: Charge): boolean =>
  charge.status === "succeeded" && !charge.captured && !charge.refunded;

/** The money that nobody took goes back to the card. */
const expireCharge = (world: World, ctx: Context, charge: Charge): void => {
  releaseCharge(world, ctx, charge, "expired_uncaptured_charge");
  emit(world, ctx, "charge.expired", charge);
};

const expireHold = (world: World, ctx: Context, intent: PaymentIntent, charge: Charge): void => {
  expireCharge(world, ctx, charge);
  endPaymentIntent(world, ctx, intent, "automatic");
};

/** An intent's authorisation runs out. */
export const holdDues = (world: World, intent: PaymentIntent): Due[] => {
  if (intent.status !== "requires_capture") return [];
  const charge = find<Charge>(world.charges, intent.latest_charge as string | null);
  if (!charge) return [];
  return [
    {
      id: `${intent.id}/expire`,
      at: charge.created + holdTime,
      turn: "expire",
      run: (changing, ctx) => expireHold(changing, ctx, intent, charge),
    },
  ];
};

/** The authorisation of a charge of its own runs out. */
export const chargeHoldDues = (_world: World, charge: Charge): Due[] =>
  isHeld(charge) && charge.payment_intent === null
    ? [
        {
          id: `${charge.id}/expire`,
          at: charge.created + holdTime,
          turn: "expire",
          run: (changing, ctx) => {
            expireCharge(changing, ctx, charge);
            touch(changing, charge.id);
          },
        },
      ]
    : [];
