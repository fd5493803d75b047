import { BillingError } from "@tollgate/core";

/** The first version of the `stripe` package with the API version that we use: where the range of our peer begins. */
const oldestSdk = [23, 1, 0] as const;

/**
 * Refuses an SDK from before the API version that we use: its answers and events have another shape, which would only
 * be noticed when a payment isn't. One that doesn't say its version is let through.
 *
 * @throws BillingError `invalid_options`
 */
export function checkSdk(version: unknown): void {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(String(version))?.slice(1).map(Number);
  if (parts === undefined) return;
  const differing = oldestSdk.findIndex((part, place) => parts[place] !== part);
  if (differing === -1 || (parts[differing] ?? 0) > (oldestSdk[differing] ?? 0)) return;
  const oldest = oldestSdk.join(".");
  throw new BillingError(
    "invalid_options",
    `stripe: the installed \`stripe\` package is ${parts.join(".")}, which speaks an older version of Stripe's API ` +
      `than Tollgate. Update it: npm install stripe@^${oldest}`,
  );
}
