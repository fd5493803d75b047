import type { RateLimitKind } from "@tollgate/core/contract";
import { refuseOption } from "../context/refuse-option.js";

/** How often one customer may make Tollgate ask the provider for something. */
export interface RateLimitOptions {
  /** Checkouts and portals opened, subscriptions cancelled, resumed and paused, together. @default 20 */
  readonly sessionsPerMinute?: number;
  /** Looks at a checkout after the return from it. @default 60 */
  readonly checkoutReadsPerMinute?: number;
  /** Changes of a subscription previewed, made and undone, together. @default 60 */
  readonly changesPerMinute?: number;
  /** Promotion codes tried, checkouts with one included, so that nobody can guess them. @default 10 */
  readonly promotionCodesPerMinute?: number;
}

/** What is limited, and how often it may be done per customer and minute. */
export type RateLimitRules = Readonly<Record<RateLimitKind, number>>;

/**
 * @returns `null`: nothing is limited
 * @throws BillingError `invalid_options`
 */
export function toRateLimitRules(options: RateLimitOptions | false = {}): RateLimitRules | null {
  if (options === false) return null;
  const rules = {
    sessions: options.sessionsPerMinute ?? 20,
    checkout_reads: options.checkoutReadsPerMinute ?? 60,
    changes: options.changesPerMinute ?? 60,
    promotion_codes: options.promotionCodesPerMinute ?? 10,
  };
  for (const perMinute of Object.values(rules)) {
    if (Number.isInteger(perMinute) && perMinute >= 1) continue;
    refuseOption("rateLimits", "must be false, or have whole numbers of at least 1");
  }
  return rules;
}
