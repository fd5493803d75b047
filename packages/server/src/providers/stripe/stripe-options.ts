import { BillingError } from "@tollgate/core";
import { checkSecretKey, checkWebhookSecret, readKey, type StripeMode, stripeMode } from "./stripe-keys.js";

export interface StripeOptions {
  /** `sk_…`, or a restricted `rk_…`. Blanks around it are left off; not set is the same as empty. */
  readonly secretKey: string | undefined;
  /** `whsec_…` of the webhook endpoint; several while you rotate it. Not set is the same as empty. */
  readonly webhookSecret: string | readonly (string | undefined)[] | undefined;
  /** Another address for the API, such as the sandbox's: `http://127.0.0.1:4242`. Empty: none. @default Stripe's own */
  readonly apiBase?: string | undefined;
  /**
   * Your own account's id (`acct_…`), where events name it, as those of an organization's endpoint do. Events that
   * name another account are ignored. @default those that name any are ignored
   */
  readonly account?: string | undefined;
  /** How long one request may take, in milliseconds. @default 20000 */
  readonly timeout?: number;
  /**
   * How many requests a second `billing.reconcile` sends at most. Stripe takes 100, in test mode 25
   * (https://docs.stripe.com/rate-limits), and what your customers wait for needs its share. @default 10
   */
  readonly requestsPerSecond?: number;
}

/** The options as they were meant. */
export interface StripeSettings {
  /** Empty when there is none. */
  readonly secretKey: string;
  readonly mode: StripeMode;
  /** Those that were given; none is empty. */
  readonly webhookSecrets: readonly string[];
  /** `null`: Stripe's own address. */
  readonly apiBase: string | null;
  /** `null`: its id was not given. */
  readonly account: string | null;
  readonly timeout: number;
  readonly requestsPerSecond: number;
}

/**
 * Checks what is given; keys that are missing are let through until they are needed, so that a build without
 * secrets works.
 *
 * @throws BillingError `invalid_options`.
 */
export function readStripeOptions(options: StripeOptions): StripeSettings {
  const { timeout = 20_000, requestsPerSecond = 10 } = options;
  if (!(requestsPerSecond > 0)) invalid("`requestsPerSecond` must be above 0");
  const secretKey = readKey("secretKey", options.secretKey);
  checkSecretKey(secretKey);
  const webhookSecrets = readWebhookSecrets(options.webhookSecret);
  const account = options.account?.trim() || null;
  const mode = stripeMode(secretKey);
  const apiBase = readApiBase(options.apiBase);
  // What is not known to be a test key may be a live one.
  if (apiBase !== null && secretKey !== "" && mode !== "test") {
    const key =
      mode === "live" ? "A live key" : "A key that is not known to be a test key (sk_test_…, rk_test_…)";
    invalid(`${key} goes to Stripe only: leave out \`apiBase\``);
  }
  return { secretKey, mode, webhookSecrets, apiBase, account, timeout, requestsPerSecond };
}

/** Which of the keys were not given. */
export function missingKeys({ secretKey, webhookSecrets }: StripeSettings): readonly string[] {
  const missingKey = secretKey === "" ? ["secretKey"] : [];
  return webhookSecrets.length === 0 ? [...missingKey, "webhookSecret"] : missingKey;
}

function readWebhookSecrets(given: StripeOptions["webhookSecret"]): readonly string[] {
  const secrets = [given].flat().map((one) => readKey("webhookSecret", one));
  for (const secret of secrets) checkWebhookSecret(secret);
  return secrets.filter((secret) => secret !== "");
}

function readApiBase(given: string | undefined): string | null {
  const address = given?.trim();
  if (!address) return null;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  return invalid("`apiBase` must be an http: or https: address");
}

function invalid(problem: string): never {
  throw new BillingError("invalid_options", `stripe: ${problem}.`);
}
