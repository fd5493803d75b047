import { BillingError } from "@tollgate/core";
import { publishedKeys } from "./published-secrets.js";
import { checkSecretKey, checkWebhookSecret, readKey, type StripeMode, stripeMode } from "./stripe-keys.js";
import { readVariable } from "./stripe-variables.js";

/** An option that is given, even as `undefined`, is not looked up in the environment. */
export interface StripeOptions {
  /**
   * `sk_…`, or a restricted `rk_…`. Spaces around it are removed; `undefined` is the same as empty.
   *
   * @default STRIPE_SECRET_KEY of the environment
   */
  readonly secretKey?: string | undefined;
  /**
   * `whsec_…` of the webhook endpoint; several while you rotate it. `undefined` is the same as empty.
   *
   * @default STRIPE_WEBHOOK_SECRET of the environment
   */
  readonly webhookSecret?: string | readonly (string | undefined)[] | undefined;
  /**
   * Another address for the API, such as the sandbox's: `http://127.0.0.1:12111`. Empty: none.
   *
   * @default STRIPE_API_BASE of the environment; without it, Stripe's own
   */
  readonly apiBase?: string | undefined;
  /**
   * Your own account's id (`acct_…`), where events name it, such as those of an organization's endpoint. Events that
   * name another account are ignored. @default those that name any are ignored
   */
  readonly account?: string | undefined;
  /** How long one request may take, in milliseconds. @default 20000 */
  readonly timeout?: number;
  /**
   * The most requests per second that `billing.reconcile` sends. Stripe accepts 100, in test mode 25
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
 * Checks what is given, or set in the environment; missing keys are let through until they are needed, so that a build
 * without secrets works.
 *
 * @throws BillingError `invalid_options`.
 */
export function readStripeOptions(options: StripeOptions): StripeSettings {
  const { timeout = 20_000, requestsPerSecond = 10 } = options;
  if (!(requestsPerSecond > 0)) invalid("`requestsPerSecond` must be above 0");
  const secretKey = readKey("secretKey", givenOrSet(options, "secretKey"));
  checkSecretKey(secretKey);
  const webhookSecrets = readWebhookSecrets(givenOrSet(options, "webhookSecret"));
  const account = options.account?.trim() || null;
  const mode = stripeMode(secretKey);
  const apiBase = readApiBase(givenOrSet(options, "apiBase"));
  // What is not known to be a test key may be a live one.
  if (apiBase !== null && secretKey !== "" && mode !== "test") {
    const key =
      mode === "live" ? "A live key" : "A key that is not known to be a test key (sk_test_…, rk_test_…)";
    invalid(`${key} goes to Stripe only: leave out \`apiBase\`, and unset STRIPE_API_BASE`);
  }
  if (apiBase === null && publishedKeys.has(secretKey)) invalid(withoutSandbox);
  return { secretKey, mode, webhookSecrets, apiBase, account, timeout, requestsPerSecond };
}

/** Which of the keys were not given. */
export function missingKeys({ secretKey, webhookSecrets }: StripeSettings): readonly string[] {
  const missingKey = secretKey === "" ? ["secretKey"] : [];
  return webhookSecrets.length === 0 ? [...missingKey, "webhookSecret"] : missingKey;
}

const withoutSandbox =
  "`secretKey` (STRIPE_SECRET_KEY) is the sandbox's own key, which Stripe does not know. Say where the sandbox " +
  "listens with STRIPE_API_BASE (or `apiBase`), such as http://127.0.0.1:12111, or give a key of your Stripe account";

/** A key that was looked for but not found must not be replaced by that of whichever account the environment has. */
function givenOrSet<N extends "secretKey" | "webhookSecret" | "apiBase">(
  options: StripeOptions,
  name: N,
): StripeOptions[N] | string | undefined {
  return name in options ? options[name] : readVariable(name);
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
  return invalid(
    "`apiBase` (STRIPE_API_BASE) must be an http: or https: address, such as http://127.0.0.1:12111",
  );
}

function invalid(problem: string): never {
  throw new BillingError("invalid_options", `stripe: ${problem}.`);
}
