import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import type { PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { behaviourOf } from "./card-memory.js";

/** Whether a card's last month has passed. Those of test tokens pay on until somebody changes their date. */
export const hasExpired = (world: World, ctx: Context, { card, id }: PaymentMethod): boolean =>
  card !== undefined &&
  !behaviourOf(world, id).ofToken &&
  ctx.now.getTime() >= Date.UTC(card.exp_year, card.exp_month, 1);

/** Somebody gave the card a date, which counts from now on. */
export const meanDate = (world: World, id: string): void => {
  const { ofToken: _earlier, ...behaviour } = behaviourOf(world, id);
  if (_earlier) world.hidden.cards[id] = behaviour;
};

/**
 * Lets the issuer send the new date of an expired card, if the settings say that cards are kept up to date.
 * https://docs.stripe.com/payments/cards/overview#automatic-card-updates
 */
export const keepUpToDate = (world: World, ctx: Context, method: PaymentMethod): void => {
  if (!world.settings.updatesCards || method.customer === null || !hasExpired(world, ctx, method)) return;
  change(world, ctx, "payment_method.automatically_updated", method, ({ card }) => {
    if (card) card.exp_year = ctx.now.getUTCFullYear() + 4;
  });
};
