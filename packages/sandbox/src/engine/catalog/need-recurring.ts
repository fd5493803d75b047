import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Price } from "../world/wire.js";
import type { World } from "../world/world.js";
import { isOnSale } from "./sell-off-sale.js";

/** A recurring, active price; subscriptions take no other. */
export const needRecurring = (world: World, id: string, param: string): Price => {
  const price = need(world.prices, "price", id, param);
  if (!isOnSale(world, price))
    throw invalidRequest(
      `The price specified is inactive. This field only accepts active prices.`,
      "resource_missing",
      param,
    );
  if (price.recurring === null)
    throw invalidRequest(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      undefined,
      param,
    );
  return price;
};
