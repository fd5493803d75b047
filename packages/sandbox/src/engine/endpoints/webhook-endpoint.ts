import { type Context, seconds } from "../world/context.js";
import { need } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { WebhookEndpoint } from "../world/wire.js";
import type { World } from "../world/world.js";

export type EndpointFields = {
  url: string;
  enabled_events: string[];
  api_version?: string;
  /** Hears of connected accounts' events instead of the account's own. */
  connect?: boolean;
  description?: string | null;
  metadata?: MetadataChange;
  secret?: string;
};

const most = 16;

/** Refuses what is not an address; unlike in Stripe's live mode, plain HTTP is welcome. */
export const checkUrl = (url: string, param = "url"): void => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw invalidRequest(
      "Invalid URL: An explicit scheme (such as https) must be provided.",
      "url_invalid",
      param,
    );
};

/** Stripe keeps at most 16 endpoints per account, and we refuse the next one as it does. */
const checkRoom = (world: World): void => {
  if (Object.keys(world.webhookEndpoints).length >= most)
    throw invalidRequest(`You have reached the maximum of ${most} test webhook endpoints.`);
};

/** Registers an endpoint; its secret is shown only in the answer to this call. */
export const createWebhookEndpoint = (
  world: World,
  ctx: Context,
  fields: EndpointFields,
): WebhookEndpoint => {
  checkUrl(fields.url);
  checkRoom(world);
  const endpoint: WebhookEndpoint = {
    id: ctx.ids.id("we"),
    object: "webhook_endpoint",
    api_version: fields.api_version ?? null,
    application: null,
    created: seconds(ctx),
    description: fields.description || null,
    enabled_events: fields.enabled_events,
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    status: "enabled",
    url: fields.url,
  };
  const secret = fields.secret ?? `whsec_${ctx.ids.secret(32)}`;
  world.webhookEndpoints[endpoint.id] = endpoint;
  world.hidden.endpoints[endpoint.id] = {
    url: fields.url,
    secrets: [{ secret, expiresAt: null }],
    hears: fields.connect ? "connected" : "own",
  };
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
    need(world.hidden.endpoints, "webhook endpoint", id).url = fields.url;
  }
  if (fields.enabled_events) endpoint.enabled_events = fields.enabled_events;
  if (fields.description !== undefined) endpoint.description = fields.description || null;
  if (fields.disabled !== undefined) endpoint.status = fields.disabled ? "disabled" : "enabled";
  endpoint.metadata = mergeMetadata(endpoint.metadata, fields.metadata);
  return endpoint;
};

/**
 * Gives an endpoint a new secret; for `expireIn` seconds the old ones sign too.
 * https://docs.stripe.com/webhooks/signatures#roll-endpoint-secrets
 */
export const rollSecret = (world: World, ctx: Context, id: string, expireIn: number): WebhookEndpoint => {
  const endpoint = need(world.webhookEndpoints, "webhook endpoint", id);
  const hidden = need(world.hidden.endpoints, "webhook endpoint", id);
  const until = seconds(ctx) + expireIn;
  const secret = `whsec_${ctx.ids.secret(32)}`;
  const old = hidden.secrets
    .map((row) => ({ ...row, expiresAt: Math.min(row.expiresAt ?? until, until) }))
    .filter((row) => row.expiresAt > seconds(ctx));
  hidden.secrets = [{ secret, expiresAt: null }, ...old];
  return { ...endpoint, secret };
};

export const deleteWebhookEndpoint = (world: World, id: string): void => {
  need(world.webhookEndpoints, "webhook endpoint", id);
  delete world.webhookEndpoints[id];
  delete world.hidden.endpoints[id];
  delete world.chaos.at[id];
};
