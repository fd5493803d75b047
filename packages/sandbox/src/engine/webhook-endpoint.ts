import { type Context, seconds } from "./context.js";
import { need } from "./find.js";
import { type MetadataChange, mergeMetadata } from "./metadata.js";
import { invalidRequest } from "./stripe-error.js";
import type { WebhookEndpoint } from "./wire.js";
import type { World } from "./world.js";

export type EndpointFields = {
  url: string;
  enabled_events: string[];
  api_version?: string;
  description?: string | null;
  metadata?: MetadataChange;
  secret?: string;
};

const checkUrl = (url: string): void => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw invalidRequest(
      "Invalid URL: An explicit scheme (such as https) must be provided.",
      "url_invalid",
      "url",
    );
};

/** Registers an endpoint; its secret is shown only in the answer to this call. */
export const createWebhookEndpoint = (
  world: World,
  ctx: Context,
  fields: EndpointFields,
): WebhookEndpoint => {
  checkUrl(fields.url);
  const endpoint: WebhookEndpoint = {
    id: ctx.ids.id("we"),
    object: "webhook_endpoint",
    api_version: fields.api_version ?? null,
    application: null,
    created: seconds(ctx),
    description: fields.description ?? null,
    enabled_events: fields.enabled_events,
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    status: "enabled",
    url: fields.url,
  };
  const secret = fields.secret ?? `whsec_${ctx.ids.secret(32)}`;
  world.webhookEndpoints[endpoint.id] = endpoint;
  world.hidden.endpointSecrets[endpoint.id] = secret;
  return { ...endpoint, secret };
};

export type EndpointChange = {
  url?: string;
  enabled_events?: string[];
  description?: string | null;
  disabled?: boolean;
  metadata?: MetadataChange;
};

export const updateWebhookEndpoint = (world: World, id: string, fields: EndpointChange): WebhookEndpoint => {
  const endpoint = need(world.webhookEndpoints, "webhook endpoint", id);
  if (fields.url !== undefined) {
    checkUrl(fields.url);
    endpoint.url = fields.url;
  }
  if (fields.enabled_events) endpoint.enabled_events = fields.enabled_events;
  if (fields.description !== undefined) endpoint.description = fields.description;
  if (fields.disabled !== undefined) endpoint.status = fields.disabled ? "disabled" : "enabled";
  endpoint.metadata = mergeMetadata(endpoint.metadata, fields.metadata);
  return endpoint;
};

export const deleteWebhookEndpoint = (world: World, id: string): void => {
  need(world.webhookEndpoints, "webhook endpoint", id);
  delete world.webhookEndpoints[id];
  delete world.hidden.endpointSecrets[id];
};
