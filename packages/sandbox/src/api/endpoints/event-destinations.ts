import {
  createEventDestination,
  deleteEventDestination,
  needDestination,
  pingEventDestination,
  switchEventDestination,
  updateEventDestination,
} from "../../engine/endpoints/event-destination.js";
import { find } from "../../engine/world/find.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import type { EventDestination } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOfV2 } from "../answers/page-of-v2.js";
import { integer, list, text } from "../params/fields.js";
import { ownRoute, route } from "../params/route.js";

/** The address and the secret are only shown to those who ask for them. */
const show = (
  world: World,
  destination: EventDestination,
  include: readonly string[] = [],
  secret?: string,
): object => {
  const url = find(world.hidden.endpoints, destination.id)?.url;
  const shown = {
    ...(include.includes("webhook_endpoint.url") ? { url } : {}),
    ...(secret && include.includes("webhook_endpoint.signing_secret") ? { signing_secret: secret } : {}),
  };
  return { ...destination, ...(Object.keys(shown).length > 0 ? { webhook_endpoint: shown } : {}) };
};

const needUrl = (url: string | undefined): string => {
  if (url !== undefined) return url;
  throw invalidRequest("Missing required param: webhook_endpoint.", "parameter_missing", "webhook_endpoint");
};

/** `/v2/core/event_destinations`: only webhooks; EventBridge and Event Grid are beyond a local sandbox. */
export const eventDestinationRoutes = [
  route(
    "POST /v2/core/event_destinations",
    [
      "description",
      "enabled_events",
      "event_payload",
      "events_from",
      "include",
      "metadata",
      "name",
      "snapshot_api_version",
      "type",
      "webhook_endpoint",
    ],
    ({ world, ctx, params }) => {
      const { type, include, webhook_endpoint, description, ...rest } = params;
      if (type !== "webhook_endpoint")
        throw invalidRequest(`The sandbox has no destinations of type ${type}.`, undefined, "type");
      const url = needUrl(webhook_endpoint?.url);
      const { destination, secret } = createEventDestination(world, ctx, {
        ...rest,
        ...(description ? { description } : {}),
        url,
      });
      return show(world, destination, include, secret);
    },
  ),
  route("GET /v2/core/event_destinations/:id", ["include"], ({ world, id, params }) =>
    show(world, needDestination(world, id), params.include),
  ),
  route(
    "POST /v2/core/event_destinations/:id",
    ["description", "enabled_events", "include", "metadata", "name", "webhook_endpoint"],
    ({ world, ctx, id, params }) => {
      const { include, webhook_endpoint, ...rest } = params;
      const url = webhook_endpoint?.url;
      const change = { ...rest, ...(url === undefined ? {} : { url }) };
      return show(world, updateEventDestination(world, ctx, id, change), include);
    },
  ),
  route("DELETE /v2/core/event_destinations/:id", [], ({ world, id }) => {
    deleteEventDestination(world, id);
    return { id, object: "v2.core.event_destination" };
  }),
  route("POST /v2/core/event_destinations/:id/disable", [], ({ world, ctx, id }) =>
    show(world, switchEventDestination(world, ctx, id, "disabled")),
  ),
  route("POST /v2/core/event_destinations/:id/enable", [], ({ world, ctx, id }) =>
    show(world, switchEventDestination(world, ctx, id, "enabled")),
  ),
  route("POST /v2/core/event_destinations/:id/ping", [], ({ world, ctx, id }) =>
    pingEventDestination(world, ctx, id),
  ),
  ownRoute(
    "GET",
    "/v2/core/event_destinations",
    { include: list(text()), limit: integer(1), page: text() },
    ({ world, params }) => {
      const list = pageOfV2([...newestFirst(world.eventDestinations)], params, "/v2/core/event_destinations");
      return { ...list, data: list.data.map((row) => show(world, row, params.include)) };
    },
  ),
];
