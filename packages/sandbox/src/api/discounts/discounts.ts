import { needCustomer } from "../../engine/customers/customer.js";
import { removeDiscount } from "../../engine/discounts/discount.js";
import { needLiving } from "../../engine/subscriptions/changing/cancel-subscription.js";
import type { Context } from "../../engine/world/context.js";
import { missing } from "../../engine/world/stripe-error.js";
import type { World } from "../../engine/world/world.js";
import { deletedDiscount } from "../answers/lookup.js";
import { route } from "../params/route.js";

const remove = (world: World, ctx: Context, id: string | undefined, holder: string): object => {
  if (id === undefined) throw missing("discount", holder);
  removeDiscount(world, ctx, id);
  return deletedDiscount(world, id);
};

/** The discounts of customers and subscriptions, which can only be removed here. */
export const discountRoutes = [
  route("DELETE /v1/customers/:id/discount", [], ({ world, ctx, id }) =>
    remove(world, ctx, needCustomer(world, id, "id").discount?.id, id),
  ),
  route("DELETE /v1/subscriptions/:id/discount", [], ({ world, ctx, id }) => {
    const { discounts } = needLiving(world, id);
    return remove(world, ctx, discounts.at(-1) as string | undefined, id);
  }),
];
