import type { Context } from "../world/context.js";
import type { Due } from "../world/due.js";
import { change, emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { touch } from "../world/touch.js";
import type { Charge, PaymentIntent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { bookCharge } from "./balance-transaction.js";
import { holdTime } from "./card-details.js";
import { disputeDues } from "./decide-dispute.js";
import { endPaymentIntent } from "./payment-intent.js";
import { releaseCharge } from "./release-charge.js";

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

/** How long Stripe takes to book what it captured by itself, in seconds. https://docs.stripe.com/payments/payment-intents/asynchronous-capture */
const bookingTime = 2;

/** Money that was captured asynchronously is booked. */
const bookingDues = (charge: Charge): Due[] =>
  charge.status === "succeeded" && charge.captured && charge.balance_transaction === null
    ? [
        {
          id: `${charge.id}/book`,
          at: charge.created + bookingTime,
          turn: "notice",
          run: (changing, ctx) =>
            void change(changing, ctx, "charge.updated", charge, (draft) => bookCharge(changing, ctx, draft)),
        },
      ]
    : [];

/** The authorisation of a charge of its own runs out. */
const chargeHoldDues = (_world: World, charge: Charge): Due[] =>
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

/** What happens to a charge by itself. */
export const chargeDues = (world: World, charge: Charge): Due[] => [
  ...bookingDues(charge),
  ...chargeHoldDues(world, charge),
  ...disputeDues(world, charge),
];
