const encoder = new TextEncoder();

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const hmac = async (text: string, secret: string): Promise<string> => {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", key, encoder.encode(text)));
};

/**
 * A `Stripe-Signature` header: HMAC-SHA256 of `<time>.<body>`, keyed with the whole secret, prefix included,
 * once for every secret that is valid.
 *
 * @param time Whole seconds since 1970; receivers refuse one that is more than five minutes old.
 */
export const sign = async (body: string, secrets: readonly string[], time: number): Promise<string> => {
  const signatures = await Promise.all(secrets.map((secret) => hmac(`${time}.${body}`, secret)));
  return [`t=${time}`, ...signatures.map((signature) => `v1=${signature}`)].join(",");
};
