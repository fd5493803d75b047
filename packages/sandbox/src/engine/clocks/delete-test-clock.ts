import { deleteCustomer } from "../subscriptions/stopping/delete-customer.js";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { atClock, customersOf } from "../world/test-clock.js";
import type { World } from "../world/world.js";

/** Deletes a clock with its customers; their subscriptions end. */
export const deleteTestClock = (world: World, ctx: Context, id: string): void => {
  const clock = need(world.testClocks, "test clock", id);
  const frozen = atClock(world, ctx, id);
  for (const customer of customersOf(world, id)) deleteCustomer(world, frozen, customer.id);
  delete world.testClocks[id];
  emit(world, frozen, "test_helpers.test_clock.deleted", clock);
};
