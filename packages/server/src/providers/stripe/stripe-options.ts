import { BillingError } from "@tollgate/core";

export interface StripeOptions {
  /** `sk_…`, or a restricted `rk_…`. */
  readonly secretKey: string;
  /** `whsec_…` of the webhook endpoint; several while you rotate it. */
  readonly webhookSecret: string | readonly string[];
  /** Another address for the API, such as the sandbox's: `http://127.0.0.1:4242`. Empty: none. @default Stripe's own */
  readonly apiBase?: string | undefined;
  /** How long one request may take, in milliseconds. @default 20000 */
  readonly timeout?: number;
  /**
   * How many requests a second `billing.reconcile` sends at most. Stripe takes 100, in test mode 25
   * (https://docs.stripe.com/rate-limits), and what your customers wait for needs its share. @default 10
   */
  readonly requestsPerSecond?: number;
}

export const defaultRequestsPerSecond = 10;

/**
 * Checks what is given; empty keys are let through until they are needed, so that a build without
 * secrets works.
 *
 * @throws BillingError `invalid_options`.
 */
export function checkStripeOptions({ secretKey, apiBase, requestsPerSecond }: StripeOptions): void {
  if (requestsPerSecond !== undefined && !(requestsPerSecond > 0)) {
    throw new BillingError("invalid_options", "requestsPerSecond must be above 0.");
  }
  if (/^pk_/.test(secretKey)) {
    throw new BillingError("invalid_options", "secretKey is a publishable key (pk_…): give the secret one.");
  }
  if (!apiBase) return;
  if (!URL.canParse(apiBase) || !/^https?:$/.test(new URL(apiBase).protocol)) {
    throw new BillingError("invalid_options", "apiBase must be an http: or https: address.");
  }
  if (stripeMode(secretKey) === "live") {
    throw new BillingError("invalid_options", "A live key goes to Stripe only: leave out apiBase.");
  }
}

/** Which of the keys were not given. */
export function missingKeys({ secretKey, webhookSecret }: StripeOptions): readonly string[] {
  const secrets = [webhookSecret].flat();
  return [...(isBlank(secretKey) ? ["secretKey"] : []), ...(secrets.every(isBlank) ? ["webhookSecret"] : [])];
}

function isBlank(key: string): boolean {
  return key.trim() === "";
}

/** Which mode a key is for, by its prefix. */
export function stripeMode(secretKey: string): "test" | "live" | "unknown" {
  const mode = /^(?:sk|rk)_(test|live)_/.exec(secretKey)?.[1];
  return mode === "test" || mode === "live" ? mode : "unknown";
}
