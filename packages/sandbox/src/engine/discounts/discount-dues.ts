import type { Due } from "../world/due.js";
import { find } from "../world/find.js";
import type { Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";
import { removeDiscount } from "./discount.js";

/**
 * The ends of a subscription's discounts that last for some months; they come before the renewal at the same
 * second.
 */
export const discountDues = (world: World, subscription: Subscription): Due[] => {
  const { discounts, id, items } = subscription;
  return [...discounts, ...items.data.flatMap((item) => item.discounts)].flatMap((discount) => {
    const at = find(world.discounts, discount as string)?.end ?? null;
    if (at === null) return [];
    return [
      {
        id: `${id}/${discount}`,
        at,
        turn: "change" as const,
        run: (changing, ctx) => removeDiscount(changing, ctx, discount as string),
      },
    ];
  });
};
