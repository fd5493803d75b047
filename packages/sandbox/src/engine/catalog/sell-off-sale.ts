import { find } from "../world/find.js";
import type { LineItem, Price } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Whether a price may be sold now. */
export const isOnSale = (world: World, { id, active }: Price): boolean =>
  active || find(world.hidden.soldAnyway, id) !== undefined;

/**
 * Does something with a session's prices as if all were on sale. Those that were made for the session never are,
 * and others may have been taken off sale since: https://docs.stripe.com/products-prices/manage-prices
 * They are shown as what they are meanwhile: off sale.
 */
export const sellOffSale = <T>(
  world: World,
  { lineItems }: { lineItems: LineItem[] },
  action: () => T,
): T => {
  const offSale = lineItems.flatMap(({ price }) => {
    const stored = find(world.prices, price?.id);
    return stored && !stored.active ? [stored.id] : [];
  });
  for (const id of offSale) world.hidden.soldAnyway[id] = true;
  try {
    return action();
  } finally {
    for (const id of offSale) delete world.hidden.soldAnyway[id];
  }
};
