import { BillingError, isPlaceholder } from "@tollgate/core";
import { publishedSecrets } from "./published-secrets.js";
import { type StripeVariables, stripeVariables } from "./stripe-variables.js";

/** Which mode a key is for, by its prefix. */
export type StripeMode = "test" | "live" | "unknown";

type KeyOption = "secretKey" | "webhookSecret";

// Invisible characters too, such as a byte order mark.
const blanksAround = /^[\s\u200b\u2060]+|[\s\u200b\u2060]+$/g;

/**
 * A key as it was meant: without the spaces and line breaks that files and shells leave around it. One that is not set
 * becomes empty, which counts as missing once it is needed.
 *
 * @throws BillingError `invalid_options` when it is not text, or contains what no key does: quotes, spaces, control
 * characters.
 */
export function readKey(option: KeyOption, given: unknown, variables = stripeVariables): string {
  const refuse: Refuse = refusing(option, variables);
  if (given === undefined || given === null) return "";
  if (typeof given !== "string") refuse("must be a string");
  const key = given.replace(blanksAround, "");
  if (/^["'`‘’“”]|["'`‘’“”]$/.test(key)) refuse("has quotes around it: give it without them");
  if (/\s/.test(key)) refuse("has a blank or a line break in it: one key is one word");
  if (!/^[\x21-\x7e]*$/.test(key)) refuse("has a character that no key has");
  return key;
}

/** What was given instead of the secret key, by its prefix. */
const notSecretKeys = [
  [/^pk_/, "is a publishable key (pk_…): give the secret one"],
  [/^whsec_/, "is a webhook secret (whsec_…): the two are swapped"],
  [/^ek_/, "is an ephemeral key (ek_…) of one customer: give the secret one"],
  // https://docs.stripe.com/keys#organization-api-keys: each request has to name an account, which ours do not.
  [/^sk_org_/, "is an organisation's key (sk_org_…), which is for no account: give one of the account's own"],
] as const;

/** @throws BillingError `invalid_options` when it is another kind of key. */
export function checkSecretKey(key: string, variables = stripeVariables): void {
  const refuse: Refuse = refusing("secretKey", variables);
  for (const [shape, problem] of notSecretKeys) if (shape.test(key)) refuse(problem);
}

/** @throws BillingError `invalid_options` when it is another kind of key. */
export function checkWebhookSecret(secret: string, variables = stripeVariables): void {
  const refuse: Refuse = refusing("webhookSecret", variables);
  if (/^[srp]k_/.test(secret)) refuse("is an API key: give the endpoint's secret (whsec_…)");
  if (/^we_/.test(secret)) refuse("is the endpoint's id (we_…): give its secret (whsec_…)");
}

export function stripeMode(secretKey: string): StripeMode {
  const mode = /^(?:sk|rk)_(test|live)_\w+$/.exec(secretKey)?.[1];
  return mode === "test" || mode === "live" ? mode : "unknown";
}

/** Stripe's have 32 or more characters after the prefix. */
const webhookSecretShape = /^whsec_[\w+/=-]{16,}$/;

/**
 * What is wrong with given keys in production: anyone who knows or guesses a webhook secret can forge events. Never
 * shows the key itself.
 */
export function unfitKeys(secretKey: string, webhookSecrets: readonly string[]): readonly string[] {
  const unknownKey = secretKey !== "" && stripeMode(secretKey) === "unknown";
  const problems = unknownKey
    ? ["has a secret key of an unknown kind: production takes sk_live_… and rk_live_…"]
    : [];
  return [...problems, ...webhookSecrets.flatMap(unfitWebhookSecret)];
}

function unfitWebhookSecret(secret: string): readonly string[] {
  if (publishedSecrets.has(secret)) return ["has a webhook secret that is published with the sandbox"];
  if (!webhookSecretShape.test(secret)) return ["has a webhook secret that is not one of Stripe's (whsec_…)"];
  return isPlaceholder(secret.slice("whsec_".length)) ? ["has a placeholder for a webhook secret"] : [];
}

type Refuse = (problem: string) => never;

function refusing(option: KeyOption, variables: StripeVariables): Refuse {
  return (problem) => {
    const message = `stripe: \`${option}\` (${variables[option]}) ${problem}.`;
    throw new BillingError("invalid_options", message, { details: { option } });
  };
}
