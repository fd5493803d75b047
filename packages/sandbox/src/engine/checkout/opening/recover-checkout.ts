import { sellOffSale } from "../../catalog/sell-off-sale.js";
import { type Context, seconds } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { CheckoutSession } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { createCheckoutSession } from "./create-checkout-session.js";

/** Opens an expired session's order again, by the token of its recovery address; undefined if that is over. */
export const recoverCheckout = (world: World, ctx: Context, token: string): CheckoutSession | undefined => {
  const expired = find(world.checkoutSessions, find(world.hidden.recoveries, token));
  const hidden = find(world.hidden.checkouts, expired?.id);
  const recovery = expired?.after_expiration?.recovery;
  if (!expired || !hidden || !recovery || (recovery.expires_at ?? 0) <= seconds(ctx)) return undefined;
  const {
    expires_at: _expiry,
    discounts: _discounts,
    allow_promotion_codes: _codes,
    ...order
  } = hidden.order;
  const lines = hidden.lineItems.map((line) => ({
    price: line.price?.id ?? "",
    ...(line.quantity === null ? {} : { quantity: line.quantity }),
    ...(line.adjustable_quantity?.enabled
      ? {
          adjustable_quantity: {
            enabled: true,
            maximum: line.adjustable_quantity.maximum ?? 99,
            minimum: line.adjustable_quantity.minimum ?? 0,
          },
        }
      : {}),
    tax_rates: hidden.taxRates[line.id] ?? [],
  }));
  const again = {
    ...order,
    ...(lines.length > 0 ? { line_items: lines } : {}),
    ...(recovery.allow_promotion_codes ? { allow_promotion_codes: true } : {}),
  };
  return sellOffSale(world, hidden, () =>
    createCheckoutSession(world, ctx, again, { recoveredFrom: expired.id }),
  );
};
