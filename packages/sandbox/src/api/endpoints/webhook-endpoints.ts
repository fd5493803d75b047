import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  rollSecret,
  updateWebhookEndpoint,
} from "../../engine/endpoints/webhook-endpoint.js";
import { createChaos } from "../../engine/world/chaos.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { deleted } from "../answers/lookup.js";
import { pageOf } from "../answers/page-of.js";
import { chaosFields, readChaos } from "../params/chaos-fields.js";
import { integer } from "../params/fields.js";
import { ownRoute, route } from "../params/route.js";

const kind = "webhook endpoint";

/** `/v1/webhook_endpoints`, and what Stripe's dashboard does to them beyond the API. */
export const webhookEndpointRoutes = [
  route(
    "POST /v1/webhook_endpoints",
    ["api_version", "connect", "description", "enabled_events", "metadata", "url"],
    ({ world, ctx, params }) => createWebhookEndpoint(world, ctx, params),
  ),
  route("GET /v1/webhook_endpoints/:id", [], ({ world, id }) => need(world.webhookEndpoints, kind, id)),
  route(
    "POST /v1/webhook_endpoints/:id",
    ["description", "disabled", "enabled_events", "metadata", "url"],
    ({ world, id, params }) => updateWebhookEndpoint(world, id, params),
  ),
  route("DELETE /v1/webhook_endpoints/:id", [], ({ world, id }) => {
    deleteWebhookEndpoint(world, id);
    return deleted("webhook_endpoint", id);
  }),
  route("GET /v1/webhook_endpoints", ["ending_before", "limit", "starting_after"], ({ world, params }) =>
    pageOf(newestFirst(world.webhookEndpoints), params, "/v1/webhook_endpoints"),
  ),
  ownRoute(
    "POST",
    "/v1/sandbox/webhook_endpoints/:id/roll_secret",
    // Seconds for which the old secret signs too: Stripe's dashboard offers up to a day.
    { expire_in: integer(0) },
    ({ world, ctx, id, params }) => rollSecret(world, ctx, id, params.expire_in ?? 0),
  ),
  ownRoute("POST", "/v1/sandbox/webhook_endpoints/:id/chaos", chaosFields, ({ world, id, params }) => {
    need(world.hidden.endpoints, kind, id);
    const chaos = createChaos(readChaos(params));
    world.chaos.at[id] = chaos;
    return { object: "sandbox.chaos", endpoint: id, ...chaos };
  }),
  ownRoute("DELETE", "/v1/sandbox/webhook_endpoints/:id/chaos", {}, ({ world, id }) => {
    need(world.hidden.endpoints, kind, id);
    delete world.chaos.at[id];
    return { object: "sandbox.chaos", endpoint: id, deleted: true };
  }),
];
