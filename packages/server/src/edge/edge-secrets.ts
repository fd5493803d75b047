import { BillingError, isPlaceholder } from "@tollgate/core";

/** HS256 is as strong as its key: 256 bits (https://www.rfc-editor.org/rfc/rfc7518#section-3.2). */
const minimumBytes = 32;

/**
 * The keys that tokens are signed and verified with; the first signs. Whitespace around a secret, such as a file
 * leaves, is not part of it.
 *
 * @throws BillingError `invalid_options` when there is none, or one is shorter than 32 bytes or a placeholder.
 */
export function readEdgeSecrets(
  secret: string | readonly string[] | undefined,
): readonly [Uint8Array, ...Uint8Array[]] {
  const given: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  const [first, ...others] = given;
  return [toKey(first), ...others.map(toKey)];
}

/** Whether none was given, as in a build that has no secrets: an empty one, or an environment variable that is not set. */
export function isEdgeSecretMissing(secret: string | readonly string[] | undefined): boolean {
  return secret === undefined || secret === null || (typeof secret === "string" && secret.trim() === "");
}

function toKey(secret: unknown): Uint8Array {
  const text = typeof secret === "string" ? secret.trim() : "";
  const key = new TextEncoder().encode(text);
  if (key.length < minimumBytes) refuse("must have at least 32 bytes");
  if (isPlaceholder(text)) refuse("is a placeholder: make one at random, with `openssl rand -base64 32` say");
  return key;
}

function refuse(problem: string): never {
  throw new BillingError("invalid_options", `A secret for edge tokens ${problem}.`, {
    details: { option: "edgeToken" },
  });
}
