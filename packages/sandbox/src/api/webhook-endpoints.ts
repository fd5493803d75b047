import { need, newestFirst } from "../engine/find.js";
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  updateWebhookEndpoint,
} from "../engine/webhook-endpoint.js";
import { clearable, flag, list, metadata, pagination, required, text } from "./fields.js";
import { deleted } from "./lookup.js";
import { pageOf } from "./page-of.js";
import { ownRoute } from "./route.js";

/** `/v1/webhook_endpoints` */
export const webhookEndpointRoutes = [
  ownRoute(
    "POST",
    "/v1/webhook_endpoints",
    {
      api_version: text(),
      description: clearable(text()),
      enabled_events: required(list(text())),
      metadata: metadata(),
      url: required(text()),
    },
    ({ world, ctx, params }) => createWebhookEndpoint(world, ctx, params),
  ),
  ownRoute("GET", "/v1/webhook_endpoints/:id", {}, ({ world, id }) =>
    need(world.webhookEndpoints, "webhook endpoint", id),
  ),
  ownRoute(
    "POST",
    "/v1/webhook_endpoints/:id",
    {
      description: clearable(text()),
      disabled: flag(),
      enabled_events: list(text()),
      metadata: metadata(),
      url: text(),
    },
    ({ world, id, params }) => updateWebhookEndpoint(world, id, params),
  ),
  ownRoute("DELETE", "/v1/webhook_endpoints/:id", {}, ({ world, id }) => {
    deleteWebhookEndpoint(world, id);
    return deleted("webhook_endpoint", id);
  }),
  ownRoute("GET", "/v1/webhook_endpoints", pagination, ({ world, params }) =>
    pageOf(newestFirst(world.webhookEndpoints), params, "/v1/webhook_endpoints"),
  ),
];
