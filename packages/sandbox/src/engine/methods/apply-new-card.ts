import { needCustomer, updateCustomer } from "../customers/customer.js";
import type { Context } from "../world/context.js";
import { change } from "../world/emit.js";
import type { World } from "../world/world.js";

/** Lets a customer's new card pay from now on, for the customer and for every living subscription. */
export const applyNewCard = (world: World, ctx: Context, customer: string, method: string): void => {
  needCustomer(world, customer);
  updateCustomer(world, ctx, customer, { invoice_settings: { default_payment_method: method } });
  for (const subscription of Object.values(world.subscriptions)) {
    const own = subscription.customer === customer && subscription.default_payment_method !== null;
    if (!own || subscription.ended_at !== null) continue;
    change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
      draft.default_payment_method = method;
    });
  }
};
