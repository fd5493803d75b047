const encoder = new TextEncoder();

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * A `Stripe-Signature` header: HMAC-SHA256 of `<time>.<body>`, keyed with the whole secret, prefix included.
 *
 * @param time Whole seconds since 1970; receivers refuse one more than five minutes old.
 */
export const sign = async (body: string, secret: string, time: number): Promise<string> => {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(`${time}.${body}`));
  return `t=${time},v1=${hex(signature)}`;
};
