import { BillingError } from "@tollgate/core";

/** HS256 is as strong as its key: 256 bits (https://www.rfc-editor.org/rfc/rfc7518#section-3.2). */
const minimumBytes = 32;

/**
 * The keys that tokens are signed and verified with; the first signs.
 *
 * @throws BillingError `invalid_options` when there is none, or one is shorter than 32 bytes.
 */
export function readEdgeSecrets(secret: string | readonly string[]): readonly [Uint8Array, ...Uint8Array[]] {
  const [first, ...others] = typeof secret === "string" ? [secret] : secret;
  return [toKey(first), ...others.map(toKey)];
}

function toKey(secret: string | undefined): Uint8Array {
  const key = new TextEncoder().encode(typeof secret === "string" ? secret : "");
  if (key.length >= minimumBytes) return key;
  throw new BillingError("invalid_options", "A secret for edge tokens must have at least 32 bytes.", {
    details: { option: "edgeToken" },
  });
}
