import { advanceTestClock, furthestAdvance } from "../engine/clocks/advance-test-clock.js";
import type { Context } from "../engine/world/context.js";
import { find } from "../engine/world/find.js";
import type { StripeEvent } from "../engine/world/wire.js";
import type { World } from "../engine/world/world.js";

/** Of an account's room, what a scenario works with. */
export type StageRoom = {
  readonly world: World;
  now(): Date;
  advance(to: Date): void;
  mutate<T>(action: (world: World, ctx: Context) => T): T;
};

/** Asks the API as an app's server would, and throws what it refuses. */
export type Ask = <T extends { id: string }>(
  method: "DELETE" | "POST",
  path: string,
  params?: object,
) => Promise<T>;

/** Where a scenario plays: one account, which changes through its API and by time that passes. */
export type Stage = {
  /** Read it freely. */
  readonly world: World;
  ask: Ask;
  /** Does what Stripe's dashboard or a card's issuer does, and the API does not. */
  act: StageRoom["mutate"];
  /** The second that it is for a customer, by its test clock or by the sandbox's. */
  now(customer: string): number;
  /** Lets that much time pass for a customer: its test clock moves, or the sandbox's for everybody. */
  moveTo(customer: string, second: number): void;
  /** Everybody's events since the stage was set, oldest first; the sandbox itself forgets those of a month ago. */
  told(): StripeEvent[];
};

/** Gathers events on the way through time. */
const createEar = ({ world }: Pick<StageRoom, "world">) => {
  const heard: StripeEvent[] = [];
  let last = world.events.at(-1);
  return ({ events }: World): StripeEvent[] => {
    // One that has been forgotten meanwhile is not found, and everything there is has come after it.
    heard.push(...events.slice(last ? events.lastIndexOf(last) + 1 : 0));
    last = events.at(-1) ?? last;
    return heard;
  };
};

/** A test clock goes no further at once than Stripe's would. */
const moveTestClock = (room: StageRoom, id: string, to: number): void => {
  for (;;) {
    const clock = find(room.world.testClocks, id);
    if (!clock || clock.frozen_time >= to) return;
    const next = Math.min(to, furthestAdvance(room.world, clock));
    room.mutate((world, ctx) => advanceTestClock(world, ctx, id, next));
  }
};

/** The stage in an account's room. */
export const createStage = (room: StageRoom, ask: Ask): Stage => {
  const listen = createEar(room);
  const testClockOf = (customer: string) =>
    find(
      room.world.testClocks,
      find(room.world.customers, customer)?.test_clock as string | null | undefined,
    );
  return {
    get world() {
      return room.world;
    },
    ask: async (method, path, params) => {
      listen(room.world);
      return ask(method, path, params);
    },
    act: (action) => room.mutate(action),
    now: (customer) => testClockOf(customer)?.frozen_time ?? Math.floor(room.now().getTime() / 1000),
    moveTo: (customer, second) => {
      listen(room.world);
      const clock = testClockOf(customer);
      if (clock) moveTestClock(room, clock.id, second);
      else if (second * 1000 > room.now().getTime()) room.advance(new Date(second * 1000));
      // What is due already is played by any action.
      else room.mutate(() => undefined);
      listen(room.world);
    },
    told: () => listen(room.world),
  };
};
