import { BillingError } from "@tollgate/core";
import Stripe from "stripe";
import type { ConnectRules } from "../connect/stripe-connect.js";
import type { StripeSettings } from "./stripe-options.js";
import type { StripeVariables } from "./stripe-variables.js";
import { toProviderError } from "./to-provider-error.js";

/** A Stripe response with its headers. */
export type StripeResponse<T> = Stripe.Response<T>;

/** Runs requests against Stripe; any failure rises as BillingError `provider_unavailable` or `provider_rejected`. */
export type CallStripe = <T>(request: (client: Stripe) => Promise<T>) => Promise<T>;

type ClientSettings = Pick<StripeSettings, "secretKey" | "apiBase" | "timeout" | "variables"> & {
  readonly connect?: Pick<ConnectRules, "account">;
};

/** The SDK's client is made at the first request: an empty key must not break what doesn't need one. */
export function createCaller(settings: ClientSettings): CallStripe {
  let client: Stripe | undefined;
  return async (request) => {
    client ??= createClient(settings);
    try {
      return await request(client);
    } catch (error) {
      throw toProviderError(error, settings);
    }
  };
}

function withoutKey({ secretKey }: StripeVariables): string {
  return (
    `stripe: there is no \`secretKey\`. Set ${secretKey} where this process runs, or give stripe({ secretKey }). ` +
    "Without an account, `npx @tollgate/sandbox` prints keys that work on this machine."
  );
}

function createClient({ secretKey, apiBase, timeout, variables, connect }: ClientSettings): Stripe {
  if (secretKey === "") throw new BillingError("invalid_options", withoutKey(variables));
  const config = {
    ...{ apiVersion: Stripe.API_VERSION, timeout, telemetry: false },
    // Everything is that account's own: https://docs.stripe.com/connect/authentication
    ...(connect?.account && { stripeAccount: connect.account }),
  } as const;
  if (apiBase === null) return new Stripe(secretKey, config);
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
