import { BillingError } from "@tollgate/core";
import { createHmac, type Hmac } from "./hmac-sha256.js";

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
  const hmacs = secrets.map(createHmac);
  return async ({ body, header, now }) => {
    if (secrets.length === 0) throw new BillingError("invalid_options", "Stripe's webhookSecret is empty.");
    if (!header) throw new BillingError("missing_signature", "The Stripe-Signature header is missing.");
    const { time, signatures } = parseHeader(header);
    const head = encoder.encode(`${time}.`);
    if (time === null || !(await someMatches(head, body, signatures, hmacs))) {
      throw new BillingError("invalid_signature", "The Stripe-Signature header does not match the body.");
    }
    if (Math.abs(now.getTime() / 1000 - Number(time)) > tolerance) {
      throw new BillingError("stale_signature", "The signature was made too long ago, or in the future.");
    }
  };
}

/** `t=1700000000,v1=<hex>,v1=<hex>`; other schemes are passed over. */
function parseHeader(header: string): { time: string | null; signatures: readonly string[] } {
  const pairs = header.split(",").map((item) => item.trim().split("=", 2));
  const time = pairs.find(([name]) => name === "t")?.[1];
  return {
    time: time !== undefined && /^\d{1,12}$/.test(time) ? time : null,
    signatures: pairs.flatMap(([name, value = ""]) => (name === "v1" ? [value.toLowerCase()] : [])),
  };
}

async function someMatches(
  head: Uint8Array,
  body: Uint8Array,
  signatures: readonly string[],
  hmacs: readonly Hmac[],
): Promise<boolean> {
  for (const hmac of hmacs) {
    // One digest per secret, however many signatures a stranger puts into the header.
    const expected = await hmac(head, body);
    if (signatures.some((signature) => isSame(expected, signature))) return true;
  }
  return false;
}

/** Takes the same time wherever they differ, so that nobody finds a signature digit by digit. */
function isSame(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let place = 0; place < expected.length; place++) {
    difference |= expected.charCodeAt(place) ^ given.charCodeAt(place);
  }
  return difference === 0;
}
