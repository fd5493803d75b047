import { find } from "../world/find.js";
import type { LineItem } from "../world/wire.js";
import type { World } from "../world/world.js";

/**
 * Does something with a session's prices as if all were on sale. Those that were made for the session never are,
 * and others may have been taken off sale since: https://docs.stripe.com/products-prices/manage-prices
 */
export const sellOffSale = <T>(
  world: World,
  { lineItems }: { lineItems: LineItem[] },
  action: () => T,
): T => {
  const offSale = lineItems.flatMap(({ price }) => {
    const stored = find(world.prices, price?.id);
    return stored && !stored.active ? [stored] : [];
  });
  for (const price of offSale) price.active = true;
  try {
    return action();
  } finally {
    for (const price of offSale) price.active = false;
  }
};
