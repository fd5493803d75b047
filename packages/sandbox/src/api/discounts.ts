import { needLiving } from "../engine/cancel-subscription.js";
import type { Context } from "../engine/context.js";
import { needCustomer } from "../engine/customer.js";
import { removeDiscount } from "../engine/discount.js";
import { missing } from "../engine/stripe-error.js";
import type { World } from "../engine/world.js";
import { deletedDiscount } from "./lookup.js";
import { route } from "./route.js";

const remove = (world: World, ctx: Context, id: string | undefined, holder: string): object => {
  if (id === undefined) throw missing("discount", holder);
  removeDiscount(world, ctx, id);
  return deletedDiscount(world, id);
};

/** The discounts of customers and subscriptions, which can only be taken away here. */
export const discountRoutes = [
  route("DELETE /v1/customers/:id/discount", [], ({ world, ctx, id }) =>
    remove(world, ctx, needCustomer(world, id, "id").discount?.id, id),
  ),
  route("DELETE /v1/subscriptions/:id/discount", [], ({ world, ctx, id }) => {
    const { discounts } = needLiving(world, id);
    return remove(world, ctx, discounts.at(-1) as string | undefined, id);
  }),
];
