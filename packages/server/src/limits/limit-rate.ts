import { BillingError } from "@tollgate/core";
import type { RateLimitKind } from "@tollgate/core/contract";
import type { BillingContext } from "../context/billing-context.js";
import type { Identity } from "../context/identity.js";
import type { RateLimitRules } from "./rate-limit-rules.js";

/**
 * Lets through what a customer does not do too often. Counted over all instances, by the customer of the session, never
 * by an address: addresses are shared by offices and forged by attackers.
 *
 * @throws BillingError `rate_limited` with `retryAfterSeconds` in its details
 */
export async function limitRate(
  {
    rateLimits,
    open,
  }: {
    /** `null`: nothing is limited. */
    readonly rateLimits: RateLimitRules | null;
    readonly open: () => Promise<Pick<BillingContext, "store">>;
  },
  { id }: Identity,
  kind: RateLimitKind,
): Promise<void> {
  if (rateLimits === null) return;
  const { store } = await open();
  const limit = { key: `${kind}:${id}`, points: rateLimits[kind], perSeconds: 60 };
  const { allowed, retryAfterSeconds } = await store.takeToken(limit);
  if (allowed) return;
  throw new BillingError("rate_limited", `That was too often. Try again in ${retryAfterSeconds} s.`, {
    details: { retryAfterSeconds },
  });
}
