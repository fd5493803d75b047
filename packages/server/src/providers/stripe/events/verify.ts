import { BillingError } from "@tollgate/core";
import { stripeVariables } from "../client/stripe-variables.js";
import { createHmac, type Hmac } from "./hmac-sha256.js";

/** How far a signature's time may differ from ours, either way, in seconds; the SDK's own default. */
const tolerance = 300;
const encoder = new TextEncoder();

/** Verifies deliveries with the endpoint's secrets. */
interface Verifier {
  /**
   * By the header alone, before a stranger's body is read: it is there, has the right shape and is fresh.
   *
   * @throws BillingError `missing_signature`, `invalid_signature`, `stale_signature`, `invalid_options`
   */
  verifyHeader(header: string | null, now: Date): void;
  /**
   * The same, and also checks that the bytes were signed with one of the secrets.
   *
   * @throws BillingError what `verifyHeader` throws
   */
  verifyBody(body: Uint8Array, header: string | null, now: Date): Promise<void>;
}

/**
 * Verifies `Stripe-Signature` (https://docs.stripe.com/webhooks/signature) over exactly the bytes that arrived. Not
 * with the SDK's verifier: that one decodes the bytes to text first, and accepts any time in the future. Without a
 * secret to verify with, everything is `invalid_options`.
 *
 * @param webhookSecrets Any of them will do: there are two while one is rotated.
 */
export function createVerifier(
  webhookSecrets: readonly string[],
  { webhookSecret: variable } = stripeVariables,
): Verifier {
  const hmacs = webhookSecrets.map(createHmac);
  const readHeader = (header: string | null, now: Date): Signed => {
    if (hmacs.length === 0) throw new BillingError("invalid_options", withoutSecret(variable));
    if (!header) throw new BillingError("missing_signature", "The Stripe-Signature header is missing.");
    const signed = parseHeader(header);
    if (signed === null) throw mismatch();
    // Not `>`: where either time is not a number, the door stays shut.
    if (!(Math.abs(now.getTime() / 1000 - Number(signed.time)) <= tolerance)) {
      throw new BillingError("stale_signature", "The signature was made too long ago, or in the future.");
    }
    return signed;
  };
  return {
    verifyHeader: (header, now) => void readHeader(header, now),
    async verifyBody(body, header, now) {
      const { time, signatures } = readHeader(header, now);
      if (!(await someMatches(encoder.encode(`${time}.`), body, signatures, hmacs))) throw mismatch();
    },
  };
}

function withoutSecret(variable: string): string {
  return (
    `stripe: there is no \`webhookSecret\`, so no event can be believed. Set ${variable} to the secret of who sends: ` +
    "the endpoint in Stripe's dashboard, `stripe listen`, or the sandbox prints it."
  );
}

interface Signed {
  /** Seconds since 1970, as it was written: it is part of what was signed. */
  readonly time: string;
  /** At least one. */
  readonly signatures: readonly string[];
}

/** `t=1700000000,v1=<hex>,v1=<hex>`; other schemes are ignored. */
function parseHeader(header: string): Signed | null {
  const pairs = header.split(",").map((item) => item.trim().split("=", 2));
  const time = pairs.find(([name]) => name === "t")?.[1];
  const signatures = pairs.flatMap(([name, value = ""]) => {
    const signature = value.toLowerCase();
    return name === "v1" && /^[0-9a-f]{64}$/.test(signature) ? [signature] : [];
  });
  if (time === undefined || !/^\d{1,12}$/.test(time) || signatures.length === 0) return null;
  return { time, signatures };
}

function mismatch(): BillingError {
  return new BillingError("invalid_signature", "The Stripe-Signature header does not match the body.");
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

/** Takes the same time wherever they differ, so that nobody can find a signature digit by digit. */
function isSame(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let place = 0; place < expected.length; place++) {
    difference |= expected.charCodeAt(place) ^ given.charCodeAt(place);
  }
  return difference === 0;
}
