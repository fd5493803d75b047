import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import type { PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Whether a card's last month has passed. */
export const hasExpired = (ctx: Context, { card }: PaymentMethod): boolean =>
  card !== undefined && ctx.now.getTime() >= Date.UTC(card.exp_year, card.exp_month, 1);

/**
 * Lets the issuer send the new date of an expired card, if the settings say that cards are kept up to date.
 * https://docs.stripe.com/payments/cards/overview#automatic-card-updates
 */
export const keepUpToDate = (world: World, ctx: Context, method: PaymentMethod): void => {
  if (!world.settings.updatesCards || method.customer === null || !hasExpired(ctx, method)) return;
  change(world, ctx, "payment_method.automatically_updated", method, ({ card }) => {
    if (card) card.exp_year = ctx.now.getUTCFullYear() + 4;
  });
};
