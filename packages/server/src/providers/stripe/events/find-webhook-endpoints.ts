import type { WebhookEndpoint } from "@tollgate/core";
import Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { eventTypeLists } from "./event-types.js";

/** The endpoints that send to an address. An account has sixteen at most (https://docs.stripe.com/webhooks). */
export async function findWebhookEndpoints(
  call: CallStripe,
  url: string,
): Promise<readonly WebhookEndpoint[]> {
  const { data } = await call((client) => client.webhookEndpoints.list({ limit: 100 }));
  return data.filter((one) => addressOf(one.url) === addressOf(url)).map(toEndpoint);
}

function toEndpoint({ id, status, enabled_events, api_version }: Stripe.WebhookEndpoint): WebhookEndpoint {
  const heard = new Set(enabled_events);
  const missing = eventTypeLists.flat().filter((type) => !heard.has(type));
  return {
    id,
    enabled: status === "enabled",
    missingTypes: heard.has("*") ? [] : missing,
    // Without one of its own it has the account's default, which only an event shows.
    version: api_version,
    wantedVersion: Stripe.API_VERSION,
  };
}

/** Without what doesn't change where it leads: a trailing slash, a query. */
function addressOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}
