import { advanceTestClock } from "../../engine/clocks/advance-test-clock.js";
import { createTestClock } from "../../engine/clocks/create-test-clock.js";
import { deleteTestClock } from "../../engine/clocks/delete-test-clock.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { deleted } from "../answers/lookup.js";
import { pageOf } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/test_helpers/test_clocks";

/** `/v1/test_helpers/test_clocks` */
export const testClockRoutes = [
  route(`POST ${path}`, ["customer", "frozen_time", "name"], ({ world, ctx, params }) =>
    createTestClock(world, ctx, params),
  ),
  route(`GET ${path}/:id`, [], ({ world, id }) => need(world.testClocks, "test clock", id)),
  route(`GET ${path}`, ["ending_before", "limit", "starting_after"], ({ world, params }) =>
    pageOf(newestFirst(world.testClocks), params, path),
  ),
  route(`POST ${path}/:id/advance`, ["frozen_time"], ({ world, ctx, id, params }) =>
    advanceTestClock(world, ctx, id, params.frozen_time),
  ),
  route(`DELETE ${path}/:id`, [], ({ world, ctx, id }) => {
    deleteTestClock(world, ctx, id);
    return deleted("test_helpers.test_clock", id);
  }),
];
