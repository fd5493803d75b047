import { BillingError } from "@tollgate/core";
import { type ConnectRules, readConnect, type StripeConnect } from "../connect/stripe-connect.js";
import { type MappedPrices, type PriceMapping, toPriceMapping } from "../language/price-mapping.js";
import { publishedKeys } from "./published-secrets.js";
import { checkSecretKey, checkWebhookSecret, readKey, type StripeMode, stripeMode } from "./stripe-keys.js";
import { type BillingTerms, readStripeTerms, type StripeTerms } from "./stripe-terms.js";
import { readVariable, type StripeVariables, variablesOf } from "./stripe-variables.js";

/** An option that is given, even as `undefined`, is not looked up in the environment. */
export interface StripeOptions extends MappedPrices, StripeTerms {
  /**
   * What this account is called, where an app has several: 1 to 32 of a–z, 0–9 and -. It is in the webhook's address
   * (`/webhook/stripe-old`) and in every record, so it stays for good: whoever moves to a new account leaves the old
   * one its name. Each name has environment variables of its own: `stripe-old` has STRIPE_OLD_SECRET_KEY,
   * STRIPE_OLD_WEBHOOK_SECRET and STRIPE_OLD_API_BASE.
   *
   * @default "stripe"
   */
  readonly id?: string;
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
  /** Sellers of a marketplace: connected accounts, and what the platform keeps. @default there are none */
  readonly connect?: StripeConnect;
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
  readonly id: string;
  readonly variables: StripeVariables;
  /** Empty when there is none. */
  readonly secretKey: string;
  readonly mode: StripeMode;
  /** Those that were given; none is empty. */
  readonly webhookSecrets: readonly string[];
  /** `null`: Stripe's own address. */
  readonly apiBase: string | null;
  /** `null`: its id was not given. */
  readonly account: string | null;
  readonly connect: ConnectRules;
  readonly timeout: number;
  readonly requestsPerSecond: number;
  /** Which prices that somebody made are what in the catalog. */
  readonly mapping: PriceMapping;
  readonly terms: BillingTerms;
}

/**
 * Checks what is given, or set in the environment; missing keys are let through until they are needed, so that a build
 * without secrets works.
 *
 * @throws BillingError `invalid_options`.
 */
export function readStripeOptions(options: StripeOptions): StripeSettings {
  const { id = "stripe", timeout = 20_000, requestsPerSecond = 10 } = options;
  if (typeof id !== "string" || !/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(id)) {
    invalid("`id` must be 1 to 32 of a–z, 0–9 and -, such as stripe-old, without - at either end");
  }
  const variables = variablesOf(id);
  const read = <N extends keyof StripeVariables>(name: N) => givenOrSet(options, name, variables);
  if (!(requestsPerSecond > 0)) invalid("`requestsPerSecond` must be above 0");
  const secretKey = readKey("secretKey", read("secretKey"), variables);
  checkSecretKey(secretKey, variables);
  const webhookSecrets = readWebhookSecrets(read("webhookSecret"), variables);
  const connect = readConnect(options.connect);
  const account = connect.account ?? (options.account?.trim() || null);
  const mode = stripeMode(secretKey);
  const apiBase = readApiBase(read("apiBase"), variables);
  // What is not known to be a test key may be a live one.
  if (apiBase !== null && secretKey !== "" && mode !== "test") {
    const key =
      mode === "live" ? "A live key" : "A key that is not known to be a test key (sk_test_…, rk_test_…)";
    invalid(`${key} goes to Stripe only: leave out \`apiBase\`, and unset ${variables.apiBase}`);
  }
  if (apiBase === null && publishedKeys.has(secretKey)) invalid(withoutSandbox(variables));
  const mapping = toPriceMapping(options);
  const terms = readStripeTerms(options);
  const keys = { secretKey, webhookSecrets, apiBase, account, connect, mode };
  return { id, variables, ...keys, timeout, requestsPerSecond, mapping, terms };
}

/** Which of the keys were not given. */
export function missingKeys({ secretKey, webhookSecrets }: StripeSettings): readonly string[] {
  const missingKey = secretKey === "" ? ["secretKey"] : [];
  return webhookSecrets.length === 0 ? [...missingKey, "webhookSecret"] : missingKey;
}

function withoutSandbox({ secretKey, apiBase }: StripeVariables): string {
  return (
    `\`secretKey\` (${secretKey}) is the sandbox's own key, which Stripe does not know. Say where the sandbox ` +
    `listens with ${apiBase} (or \`apiBase\`), such as http://127.0.0.1:12111, or give a key of your Stripe account`
  );
}

/** A key that was looked for but not found must not be replaced by that of whichever account the environment has. */
function givenOrSet<N extends keyof StripeVariables>(
  options: StripeOptions,
  name: N,
  variables: StripeVariables,
): StripeOptions[N] | string | undefined {
  return name in options ? options[name] : readVariable(variables[name]);
}

function readWebhookSecrets(
  given: StripeOptions["webhookSecret"],
  variables: StripeVariables,
): readonly string[] {
  const secrets = [given].flat().map((one) => readKey("webhookSecret", one, variables));
  for (const secret of secrets) checkWebhookSecret(secret, variables);
  return secrets.filter((secret) => secret !== "");
}

function readApiBase(given: string | undefined, variables: StripeVariables): string | null {
  const address = given?.trim();
  if (!address) return null;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  return invalid(
    `\`apiBase\` (${variables.apiBase}) must be an http: or https: address, such as http://127.0.0.1:12111`,
  );
}

function invalid(problem: string): never {
  throw new BillingError("invalid_options", `stripe: ${problem}.`);
}
