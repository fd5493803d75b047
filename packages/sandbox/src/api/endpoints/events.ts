import { need } from "../../engine/world/find.js";
import { post } from "../../engine/world/outbox.js";
import { rowsIn } from "../../engine/world/rows.js";
import { invalidRequest, missing } from "../../engine/world/stripe-error.js";
import type { StripeEvent } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { knowsEvent } from "../../versions/known-in.js";
import { pageOf, within } from "../answers/page-of.js";
import { text } from "../params/fields.js";
import { ownRoute, route } from "../params/route.js";

const matches = (type: string, pattern: string): boolean =>
  pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

const findEvent = (world: World, id: string): StripeEvent => {
  const event = world.events.findLast((row) => row.id === id);
  if (!event) throw missing("event", id);
  return event;
};

const placeOf = ({ events }: World, id: string) => {
  const place = events.findLastIndex((row) => row.id === id);
  return place < 0 ? undefined : { older: place, newer: place + 1 };
};

/** Stripe tells only whether some webhook is still pending or has failed. */
const passes = (event: StripeEvent, success: boolean | undefined): boolean =>
  success === undefined || (event.pending_webhooks === 0) === success;

/** `/v1/events` */
export const eventRoutes = [
  route("GET /v1/events/:id", [], ({ world, id, version }) => {
    const event = findEvent(world, id);
    if (!knowsEvent(version, event.type)) throw missing("event", id);
    return event;
  }),
  route(
    "GET /v1/events",
    ["created", "delivery_success", "ending_before", "limit", "starting_after", "type", "types"],
    ({ world, params, version }) => {
      if (params.type !== undefined && params.types !== undefined)
        throw invalidRequest(
          "You may only specify one of these parameters: type, types.",
          "parameters_exclusive",
        );
      if (params.types && params.types.length > 20)
        throw invalidRequest("Invalid types: at most 20 event types.", undefined, "types");
      const patterns = params.types ?? (params.type === undefined ? ["*"] : [params.type]);
      const rows = rowsIn(world.events, (id) => placeOf(world, id)).filter(
        (event) =>
          knowsEvent(version, event.type) &&
          within(event.created, params.created) &&
          passes(event, params.delivery_success) &&
          patterns.some((pattern) => matches(event.type, pattern)),
      );
      return pageOf(rows, params, "/v1/events");
    },
  ),
  // What `stripe events resend` calls.
  ownRoute(
    "POST",
    "/v1/events/:id/retry",
    { account: text(), webhook_endpoint: text() },
    ({ world, id, params }) => {
      const event = findEvent(world, id);
      const { webhook_endpoint: endpoint } = params;
      const all = Object.keys(world.hidden.endpoints);
      if (endpoint !== undefined && !world.connected)
        need(world.hidden.endpoints, "webhook endpoint", endpoint, "webhook_endpoint");
      // The platform's endpoints hear of connected accounts' events, and only delivery knows them.
      for (const only of endpoint === undefined ? all : [endpoint]) post(world, event, only);
      return event;
    },
  ),
];
