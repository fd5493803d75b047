import type { Context } from "./context.js";
import { find, need } from "./find.js";
import { invalidRequest } from "./stripe-error.js";
import type { Customer } from "./wire.js";
import type { World } from "./world.js";

/** The context at the time of a test clock, or as it is when there is none. */
export const atClock = (world: World, ctx: Context, clock: string | null | undefined): Context => {
  const frozen = find(world.testClocks, clock);
  return frozen ? { ...ctx, now: new Date(frozen.frozen_time * 1000) } : ctx;
};

/** The context at the time of the customer's test clock; whatever concerns a customer happens at its time. */
export const atCustomer = (world: World, ctx: Context, customer: string | null | undefined): Context =>
  atClock(world, ctx, find(world.customers, customer)?.test_clock as string | null | undefined);

/** The customers that live by a test clock. */
export const customersOf = (world: World, clock: string): Customer[] =>
  Object.values(world.customers).filter(
    (customer) => customer.test_clock === clock && !Object.hasOwn(world.deletedCustomers, customer.id),
  );

/** https://docs.stripe.com/billing/testing/test-clocks/api-advanced-usage#limits */
const maxCustomers = 3;

/** Refuses a test clock that does not exist or that has all the customers that it may have. */
export const checkClockHasRoom = (world: World, clock: string, param = "test_clock"): void => {
  need(world.testClocks, "test clock", clock, param);
  if (customersOf(world, clock).length >= maxCustomers)
    throw invalidRequest(
      `Test clock ${clock} already has the maximum of ${maxCustomers} customers.`,
      undefined,
      param,
    );
};
