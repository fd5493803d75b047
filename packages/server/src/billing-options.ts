import type {
  BillingProvider,
  CallbackHandlers,
  Catalog,
  Clock,
  DuplicateAction,
  Store,
} from "@tollgate/core";
import type { Identify } from "./identity.js";
import type { RateLimitOptions } from "./limits/rate-limits.js";
import type { Logger } from "./logger.js";

/** What `createBilling` needs to know. */
export interface BillingOptions<C extends Catalog = Catalog> {
  /** The catalog, made by `definePlans`. */
  readonly plans: C;
  /** Who takes the money: `stripe({ … })` from `@tollgate/server/stripe`. */
  readonly provider: BillingProvider;
  /** Where state is kept: `postgres(pool)` or `pglite(folder)`. */
  readonly store: Store;
  /** The origin of your app as browsers see it: `https://app.example.com`. */
  readonly appUrl: string;
  /** Tells who a request comes from; your own session decides. */
  readonly identify: Identify;
  /** Your own functions, run in the background at least once per fact and retried when they throw. */
  readonly on?: CallbackHandlers;
  /** Days that a failed payment is tolerated before the plan closes. @default 7 */
  readonly graceDays?: number;
  /**
   * What becomes of the second subscription when a customer has paid two of one plan group, in two tabs
   * say. The callback `subscription.duplicate` tells. One that was made by hand at the provider stays.
   * @default "cancel_and_refund"
   */
  readonly duplicates?: DuplicateAction;
  /**
   * Days that the provider's events stay listed once they are settled, from 7 up; what could not be settled
   * stays four times as long. @default 90
   */
  readonly eventRetentionDays?: number;
  /** The path under which the handler is mounted. @default "/api/billing" */
  readonly basePath?: string;
  /** Further origins that may post to the handler and be returned to. @default [] */
  readonly allowedOrigins?: readonly string[];
  /**
   * How often one customer may open checkouts and portals, and look at how a checkout went, over all
   * instances; whoever does it more often gets `rate_limited` (429). `false`: as often as they like.
   * Webhooks are never limited.
   * @default { sessionsPerMinute: 20, checkoutReadsPerMinute: 60 }
   */
  readonly rateLimits?: RateLimitOptions | false;
  /**
   * `production` refuses test keys, an `appUrl` without TLS and, at the first use, a missing key or webhook
   * secret.
   * @default "production" when NODE_ENV is "production", else "development"
   */
  readonly environment?: "production" | "development";
  /** @default the system's clock */
  readonly clock?: Clock;
  /** @default errors to the console */
  readonly logger?: Logger;
}
