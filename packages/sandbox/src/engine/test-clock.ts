import type { Context } from "./context.js";
import { find } from "./find.js";
import type { World } from "./world.js";

/** The context at the time of a test clock, or as it is when there is none. */
export const atClock = (world: World, ctx: Context, clock: string | null | undefined): Context => {
  const frozen = find(world.testClocks, clock);
  return frozen ? { ...ctx, now: new Date(frozen.frozen_time * 1000) } : ctx;
};

/** The context at the time of the customer's test clock; whatever concerns a customer happens at its time. */
export const atCustomer = (world: World, ctx: Context, customer: string | null | undefined): Context =>
  atClock(world, ctx, find(world.customers, customer)?.test_clock as string | null | undefined);
