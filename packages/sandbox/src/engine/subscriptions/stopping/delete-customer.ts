import { needCustomer } from "../../customers/customer.js";
import type { Context } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import type { World } from "../../world/world.js";
import { cancelSubscription, ended } from "../changing/cancel-subscription.js";

/** Deletes a customer for good; what they subscribe to ends at once. */
export const deleteCustomer = (world: World, ctx: Context, id: string): void => {
  const customer = needCustomer(world, id, "id");
  for (const subscription of Object.values(world.subscriptions))
    if (subscription.customer === id && !ended(subscription))
      cancelSubscription(world, ctx, subscription, "cancellation_requested");
  for (const method of Object.values(world.paymentMethods))
    if (method.customer === id) method.customer = null;
  world.deletedCustomers[id] = true;
  emit(world, ctx, "customer.deleted", customer);
};
