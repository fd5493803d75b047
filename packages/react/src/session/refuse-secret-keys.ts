import { CodedError } from "@tollgate/core";

const secretKey = /^(?:(?:sk|rk)_(?:live|test|org)_|whsec_)/;
// Even quoted, as in an environment file. Whatever is not a key at all is not secret, and `PaymentForm` says so.
const secretLooking = /(?:^|[^a-z\d])(?:[sr]k|whsec)_/i;

/**
 * Stops the page before a secret key is used in a browser, where everybody can read it. The message does
 * not repeat the key.
 *
 * @throws BillingError `secret_key_in_browser`
 */
export function refuseSecretKeys(props: object): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value !== "string") continue;
    const isSecret = (name === "stripePublishableKey" ? secretLooking : secretKey).test(value);
    if (!isSecret) continue;
    const what = `The prop "${name}" must not hold a secret key`;
    const message =
      process.env.NODE_ENV === "production"
        ? what
        : `${what}: everybody can read it in the browser. Replace that key at your provider, and pass the publishable one (pk_…) where one is needed.`;
    throw new CodedError("secret_key_in_browser", 500, message, { details: { prop: name } });
  }
}
