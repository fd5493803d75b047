import { createPlan, deletePlan, readPlan, updatePlan } from "../../engine/catalog/plan.js";
import { planOf } from "../../engine/catalog/plan-of.js";
import { newestFirst } from "../../engine/world/table.js";
import { deleted } from "../answers/lookup.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";
import { countedIn, olderPlan } from "./unmetered.js";

/** `/v1/plans`: recurring prices in the older shape */
export const planRoutes = [
  route(
    "POST /v1/plans",
    [
      "active",
      "amount",
      "amount_decimal",
      "billing_scheme",
      "currency",
      "id",
      "interval",
      "interval_count",
      "metadata",
      "meter",
      "nickname",
      "product",
      "tiers",
      "tiers_mode",
      "transform_usage",
      "trial_period_days",
      "usage_type",
    ],
    ({ world, ctx, params, version }) => createPlan(world, ctx, countedIn(version, params)),
    { older: olderPlan },
  ),
  route("GET /v1/plans/:id", [], ({ world, id }) => readPlan(world, id)),
  route(
    "POST /v1/plans/:id",
    ["active", "metadata", "nickname", "product", "trial_period_days"],
    ({ world, ctx, id, params }) => updatePlan(world, ctx, id, params),
  ),
  route("DELETE /v1/plans/:id", [], ({ world, ctx, id }) => {
    deletePlan(world, ctx, id);
    return deleted("plan", id);
  }),
  route("GET /v1/plans", [...paging, "active", "created", "product"], ({ world, params }) => {
    const { active, created, product } = params;
    const rows = newestFirst(world.prices).filter(
      (price) =>
        price.recurring !== null &&
        (active === undefined || price.active === active) &&
        (product === undefined || price.product === product) &&
        within(price.created, created),
    );
    return pageOf(rows.map(planOf), params, "/v1/plans");
  }),
];
