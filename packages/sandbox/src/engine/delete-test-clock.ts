import type { Context } from "./context.js";
import { deleteCustomer } from "./delete-customer.js";
import { emit } from "./emit.js";
import { need } from "./find.js";
import { atClock, customersOf } from "./test-clock.js";
import type { World } from "./world.js";

/** Deletes a clock with its customers; their subscriptions end. */
export const deleteTestClock = (world: World, ctx: Context, id: string): void => {
  const clock = need(world.testClocks, "test clock", id);
  const frozen = atClock(world, ctx, id);
  for (const customer of customersOf(world, id)) deleteCustomer(world, frozen, customer.id);
  delete world.testClocks[id];
  emit(world, frozen, "test_helpers.test_clock.deleted", clock);
};
