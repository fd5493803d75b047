import { fromAnchor } from "../money/billing-cycle.js";
import { ended } from "../subscriptions/changing/cancel-subscription.js";
import type { Context } from "../world/context.js";
import { clockOf } from "../world/due.js";
import { emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atClock } from "../world/test-clock.js";
import type { TestClock } from "../world/wire.js";
import type { World } from "../world/world.js";
import { advance } from "./advance.js";

const year = { interval: "year", interval_count: 1 };

/**
 * How far a clock may go in one step: two intervals of its shortest subscription, or two years without one.
 * https://docs.stripe.com/api/test_clocks/advance
 */
export const furthestAdvance = (world: World, clock: TestClock): number => {
  const cycles = Object.values(world.subscriptions)
    .filter((subscription) => !ended(subscription) && clockOf(world, subscription) === clock.id)
    .flatMap((subscription) => subscription.items.data.map((item) => item.price.recurring ?? year));
  return Math.min(
    ...(cycles.length > 0 ? cycles : [year]).map((cycle) => fromAnchor(clock.frozen_time, cycle, 2)),
  );
};

const check = (world: World, clock: TestClock, target: number): void => {
  if (clock.status !== "ready")
    throw invalidRequest(`Test clock ${clock.id} cannot be advanced because its status is ${clock.status}.`);
  if (target <= clock.frozen_time)
    throw invalidRequest(
      "Invalid timestamp: must be after the test clock's current frozen time.",
      undefined,
      "frozen_time",
    );
  if (target > furthestAdvance(world, clock))
    throw invalidRequest(
      "Invalid timestamp: cannot be more than two intervals in the future from the shortest subscription in this test clock, " +
        "or two years if there are no subscriptions.",
      undefined,
      "frozen_time",
    );
};

const fail = (world: World, ctx: Context, clock: TestClock): void => {
  clock.status = "internal_failure";
  clock.status_details = {};
  emit(world, atClock(world, ctx, clock.id), "test_helpers.test_clock.internal_failure", clock);
};

/**
 * Plays everything that happens until then to the clock's customers. Stripe takes its time and answers at
 * once that it is advancing; here the answer says so too, but everything is done by the time it arrives.
 */
export const advanceTestClock = (world: World, ctx: Context, id: string, target: number): TestClock => {
  const clock = need(world.testClocks, "test clock", id);
  check(world, clock, target);
  clock.status = "advancing";
  clock.status_details = { advancing: { target_frozen_time: target } };
  emit(world, atClock(world, ctx, id), "test_helpers.test_clock.advancing", clock);
  const answer = structuredClone(clock);
  const played: Context = { ...ctx, request: { id: null, idempotency_key: null } };
  try {
    advance(world, played, new Date(target * 1000), id);
  } catch (thrown) {
    fail(world, played, clock);
    throw thrown;
  }
  clock.frozen_time = target;
  clock.status = "ready";
  clock.status_details = {};
  emit(world, atClock(world, played, id), "test_helpers.test_clock.ready", clock);
  return answer;
};
