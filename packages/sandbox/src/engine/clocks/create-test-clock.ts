import { needCustomer } from "../customers/customer.js";
import { type Context, day, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atClock } from "../world/test-clock.js";
import { touch } from "../world/touch.js";
import type { TestClock } from "../world/wire.js";
import type { Table, World } from "../world/world.js";

/** A clock deletes itself after 30 days: https://docs.stripe.com/billing/testing/test-clocks */
const lifetime = 30 * day;

type Owned = { id: string; customer?: unknown; test_clock?: unknown };

const tablesOfCustomers = (world: World): Table<Owned>[] => [
  world.subscriptions,
  world.invoices,
  world.invoiceItems,
  world.subscriptionSchedules,
  world.quotes,
  world.checkoutSessions,
];

/** Moves a customer, with everything that is theirs, to a clock for good. */
const attach = (world: World, ctx: Context, clock: TestClock, id: string): void => {
  const customer = needCustomer(world, id);
  for (const table of tablesOfCustomers(world))
    for (const row of Object.values(table)) {
      if (row.customer !== id) continue;
      if ("test_clock" in row) row.test_clock = clock.id;
      touch(world, row.id);
    }
  change(world, atClock(world, ctx, clock.id), "customer.updated", customer, (draft) => {
    draft.test_clock = clock.id;
  });
};

const checkCustomer = (world: World, id: string | undefined): void => {
  if (id === undefined || typeof needCustomer(world, id).test_clock !== "string") return;
  throw invalidRequest("This customer is already attached to a test clock.", undefined, "customer");
};

export type NewTestClock = { frozen_time: number; name?: string | null; customer?: string };

/** Creates a clock that stands still at `frozen_time` until it is advanced. */
export const createTestClock = (world: World, ctx: Context, fields: NewTestClock): TestClock => {
  checkCustomer(world, fields.customer);
  const name = fields.name || null;
  if (name !== null && name.length > 300)
    throw invalidRequest("Invalid string: name must be at most 300 characters", undefined, "name");
  const created = seconds(ctx);
  const clock: TestClock = {
    id: ctx.ids.id("clock"),
    object: "test_helpers.test_clock",
    created,
    deletes_after: created + lifetime,
    frozen_time: fields.frozen_time,
    livemode: false,
    name,
    status: "ready",
    status_details: {},
  };
  world.testClocks[clock.id] = clock;
  emit(world, atClock(world, ctx, clock.id), "test_helpers.test_clock.created", clock);
  if (fields.customer !== undefined) attach(world, ctx, clock, fields.customer);
  return clock;
};
