import type { RateLimitKind } from "@tollgate/core/contract";

/** How often one customer may make Tollgate ask the provider for something. */
export interface RateLimitOptions {
  /** Checkouts and portals opened, together. @default 20 */
  readonly sessionsPerMinute?: number;
  /** Looks at a checkout after the return from it. @default 60 */
  readonly checkoutReadsPerMinute?: number;
}

/** What is limited, and how often it may be done per customer and minute. */
export type RateLimitRules = Readonly<Record<RateLimitKind, number>>;

/** `null`: nothing is limited. */
export function toRateLimitRules(options: RateLimitOptions | false = {}): RateLimitRules | null {
  if (options === false) return null;
  return { sessions: options.sessionsPerMinute ?? 20, checkout_reads: options.checkoutReadsPerMinute ?? 60 };
}
