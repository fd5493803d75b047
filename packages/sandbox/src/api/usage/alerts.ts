import { createAlert, setAlertStatus } from "../../engine/usage/alert.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, paging } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/billing/alerts` */
export const alertRoutes = [
  route("POST /v1/billing/alerts", ["alert_type", "title", "usage_threshold"], ({ world, ctx, params }) =>
    createAlert(world, ctx, params),
  ),
  route("GET /v1/billing/alerts/:id", [], ({ world, id }) => need(world.alerts, "billing alert", id)),
  route("POST /v1/billing/alerts/:id/activate", [], ({ world, id }) => setAlertStatus(world, id, "active")),
  route("POST /v1/billing/alerts/:id/deactivate", [], ({ world, id }) =>
    setAlertStatus(world, id, "inactive"),
  ),
  route("POST /v1/billing/alerts/:id/archive", [], ({ world, id }) => setAlertStatus(world, id, "archived")),
  route("GET /v1/billing/alerts", ["alert_type", "meter", ...paging], ({ world, params }) => {
    const rows = newestFirst(world.alerts).filter(
      (alert) =>
        alert.status !== "archived" &&
        (params.meter === undefined || alert.usage_threshold?.meter === params.meter),
    );
    return pageOf(rows, params, "/v1/billing/alerts");
  }),
];
