import { attemptsOf } from "../../engine/payments/setup-attempt.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/setup_attempts` */
export const setupAttemptRoutes = [
  route("GET /v1/setup_attempts", ["created", "setup_intent", ...paging], ({ world, params }) => {
    const rows = attemptsOf(world, params.setup_intent).filter((row) => within(row.created, params.created));
    return pageOf(rows, params, "/v1/setup_attempts");
  }),
];
