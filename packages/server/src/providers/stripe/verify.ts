import { BillingError } from "@tollgate/core";

/** How far a signature's time may lie from ours, either way, in seconds; the SDK's own default. */
const tolerance = 300;
const encoder = new TextEncoder();

/** Throws unless the bytes were signed with one of the secrets, at about this time. */
type VerifySignature = (input: {
  readonly body: Uint8Array;
  readonly header: string | null;
  readonly now: Date;
}) => Promise<void>;

/**
 * Verifies `Stripe-Signature` (https://docs.stripe.com/webhooks/signature) over exactly the bytes that
 * arrived. Not with the SDK's verifier: that one decodes the bytes to text first, and takes any time in
 * the future. The verifier throws BillingError `missing_signature`, `invalid_signature`, `stale_signature`,
 * or `invalid_options` when there is no secret to verify with.
 *
 * @param webhookSecrets Any of them will do: there are two while one is rotated.
 */
export function createVerifier(webhookSecrets: readonly string[]): VerifySignature {
  const secrets = webhookSecrets.filter((secret) => secret.trim() !== "");
  let importing: Promise<readonly CryptoKey[]> | undefined;
  const importKeys = () => {
    importing ??= Promise.all(secrets.map(importKey));
    return importing;
  };
  return async ({ body, header, now }) => {
    if (secrets.length === 0) throw new BillingError("invalid_options", "Stripe's webhookSecret is empty.");
    if (!header) throw new BillingError("missing_signature", "The Stripe-Signature header is missing.");
    const { time, signatures } = parseHeader(header);
    const signed = join(encoder.encode(`${time}.`), body);
    if (time === null || !(await someMatches(signed, signatures, await importKeys()))) {
      throw new BillingError("invalid_signature", "The Stripe-Signature header does not match the body.");
    }
    if (Math.abs(now.getTime() / 1000 - Number(time)) > tolerance) {
      throw new BillingError("stale_signature", "The signature was made too long ago, or in the future.");
    }
  };
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
}

/** `t=1700000000,v1=<hex>,v1=<hex>`; other schemes are passed over. */
function parseHeader(header: string): {
  time: string | null;
  signatures: readonly Uint8Array<ArrayBuffer>[];
} {
  const pairs = header.split(",").map((item) => item.trim().split("=", 2));
  const time = pairs.find(([name]) => name === "t")?.[1];
  return {
    time: time !== undefined && /^\d{1,12}$/.test(time) ? time : null,
    signatures: pairs.flatMap(([name, value]) => (name === "v1" ? toBytes(value) : [])),
  };
}

function toBytes(hex: string | undefined): Uint8Array<ArrayBuffer>[] {
  const pairs = /^(?:[0-9a-f]{2}){32}$/i.test(hex ?? "") ? hex?.match(/../g) : null;
  return pairs ? [Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))] : [];
}

async function someMatches(
  signed: Uint8Array<ArrayBuffer>,
  signatures: readonly Uint8Array<ArrayBuffer>[],
  keys: readonly CryptoKey[],
): Promise<boolean> {
  for (const key of keys) {
    // One digest per secret, however many signatures a stranger puts into the header.
    const expected = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed));
    if (signatures.some((signature) => isSame(expected, signature))) return true;
  }
  return false;
}

/** Takes the same time wherever they differ, so that nobody finds a signature byte by byte. */
function isSame(expected: Uint8Array, given: Uint8Array): boolean {
  let difference = expected.length ^ given.length;
  for (const [place, byte] of expected.entries()) difference |= byte ^ (given[place] ?? 0);
  return difference === 0;
}

function join(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
