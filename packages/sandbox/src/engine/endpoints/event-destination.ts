import type { Context } from "../world/context.js";
import { need } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { EventDestination, ThinEvent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { emitThin } from "./thin-event.js";
import { checkUrl } from "./webhook-endpoint.js";

export type DestinationFields = {
  name: string;
  description?: string;
  enabled_events: string[];
  event_payload: "snapshot" | "thin";
  events_from?: string[];
  metadata?: MetadataChange;
  snapshot_api_version?: string;
  url: string;
};

/** https://docs.stripe.com/api/v2/core/event_destinations */
export const needDestination = (world: World, id: string): EventDestination =>
  need(world.eventDestinations, "event destination", id);

const scopes = ["@accounts", "@self"];

const checkScopes = (given: string[]): void => {
  const unknown = given.find((scope) => !scopes.includes(scope));
  if (unknown !== undefined)
    throw invalidRequest(`Invalid events_from: ${unknown} is not simulated.`, undefined, "events_from");
};

/** Registers a webhook destination; its secret is shown only in the answer to this call. */
export const createEventDestination = (
  world: World,
  ctx: Context,
  fields: DestinationFields,
): { destination: EventDestination; secret: string } => {
  const { event_payload, url, snapshot_api_version, events_from = ["@self"] } = fields;
  checkUrl(url, "webhook_endpoint[url]");
  checkScopes(events_from);
  if (event_payload === "thin" && snapshot_api_version !== undefined)
    throw invalidRequest("Thin events have no version.", undefined, "snapshot_api_version");
  const created = ctx.now.toISOString();
  const destination: EventDestination = {
    id: ctx.ids.id("ed").replace("ed_", "ed_test_"),
    object: "v2.core.event_destination",
    created,
    description: fields.description ?? "",
    enabled_events: fields.enabled_events,
    event_payload,
    events_from,
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    name: fields.name,
    ...(event_payload === "thin" ? {} : { snapshot_api_version: snapshot_api_version ?? ctx.apiVersion }),
    status: "enabled",
    type: "webhook_endpoint",
    updated: created,
  };
  const secret = `whsec_${ctx.ids.secret(32)}`;
  const [own, connected] = [events_from.includes("@self"), events_from.includes("@accounts")];
  world.eventDestinations[destination.id] = destination;
  world.hidden.endpoints[destination.id] = {
    url,
    secrets: [{ secret, expiresAt: null }],
    hears: own && connected ? "both" : connected ? "connected" : "own",
  };
  return { destination, secret };
};

type DestinationChange = {
  name?: string;
  description?: string;
  enabled_events?: string[];
  metadata?: MetadataChange;
  url?: string;
};

export const updateEventDestination = (
  world: World,
  ctx: Context,
  id: string,
  fields: DestinationChange,
): EventDestination => {
  const destination = needDestination(world, id);
  if (fields.url !== undefined) {
    checkUrl(fields.url, "webhook_endpoint[url]");
    need(world.hidden.endpoints, "event destination", id).url = fields.url;
  }
  destination.name = fields.name ?? destination.name;
  destination.description = fields.description ?? destination.description;
  destination.enabled_events = fields.enabled_events ?? destination.enabled_events;
  destination.metadata = mergeMetadata(destination.metadata, fields.metadata);
  destination.updated = ctx.now.toISOString();
  return destination;
};

export const switchEventDestination = (
  world: World,
  ctx: Context,
  id: string,
  status: EventDestination["status"],
): EventDestination => {
  const destination = needDestination(world, id);
  destination.status = status;
  if (status === "disabled") destination.status_details = { disabled: { reason: "user" } };
  else delete destination.status_details;
  destination.updated = ctx.now.toISOString();
  return destination;
};

export const deleteEventDestination = (world: World, id: string): void => {
  needDestination(world, id);
  delete world.eventDestinations[id];
  delete world.hidden.endpoints[id];
  delete world.chaos.at[id];
};

/** Sends an event that says only that it has arrived. */
export const pingEventDestination = (world: World, ctx: Context, id: string): ThinEvent => {
  const { status } = needDestination(world, id);
  if (status === "disabled") throw invalidRequest("A disabled event destination cannot be pinged.");
  const related = { id, type: "v2.core.event_destination", url: `/v2/core/event_destinations/${id}` };
  return emitThin(world, ctx, "v2.core.event_destination.ping", { related, only: id });
};
