import { BillingError } from "@tollgate/core";
import Stripe from "stripe";
import type { StripeOptions } from "./stripe-options.js";
import { toProviderError } from "./to-provider-error.js";

/** A Stripe response with its headers. */
export type StripeResponse<T> = Stripe.Response<T>;

/**
 * Runs requests against Stripe; whatever fails rises as BillingError `provider_unavailable` or
 * `provider_rejected`.
 */
export type CallStripe = <T>(request: (client: Stripe) => Promise<T>) => Promise<T>;

const defaultTimeout = 20_000;

/** The SDK's client is made at the first request: an empty key must not break what needs none. */
export function createCaller(options: StripeOptions): CallStripe {
  let client: Stripe | undefined;
  return async (request) => {
    client ??= createClient(options);
    try {
      return await request(client);
    } catch (error) {
      throw toProviderError(error, options.secretKey);
    }
  };
}

function createClient({ secretKey, apiBase, timeout = defaultTimeout }: StripeOptions): Stripe {
  if (secretKey === "") throw new BillingError("invalid_options", "Stripe's secretKey is empty.");
  const config = { apiVersion: Stripe.API_VERSION, timeout, telemetry: false } as const;
  if (!apiBase) return new Stripe(secretKey, config);
  const { protocol, hostname, port } = new URL(apiBase);
  const https = protocol === "https:";
  return new Stripe(secretKey, {
    ...config,
    protocol: https ? "https" : "http",
    // Node wants an IPv6 address without the brackets that it has in a URL.
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port || (https ? 443 : 80),
  });
}
