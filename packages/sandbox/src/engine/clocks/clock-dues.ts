import type { Due } from "../world/due.js";
import type { TestClock } from "../world/wire.js";
import type { World } from "../world/world.js";
import { deleteTestClock } from "./delete-test-clock.js";

/** A test clock deletes itself, by the sandbox's own time. */
export const clockDues = (_world: World, clock: TestClock): Due[] => [
  {
    id: `${clock.id}/delete`,
    at: clock.deletes_after,
    turn: "expire",
    run: (world, ctx) => deleteTestClock(world, ctx, clock.id),
  },
];
