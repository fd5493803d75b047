import type { BillingProvider, Catalog, Clock, Owner, Store } from "@tollgate/core";
import type { Logger } from "../log/logger.js";
import type { Providers } from "./providers.js";
import type { UsageTarget } from "./usage-target.js";

/**
 * What most rooms work with, for one request, job or call: the store is open by then. What a room needs besides that,
 * including its own settings, it declares itself.
 */
export interface BillingContext {
  /** Its schema is up to date. */
  readonly store: Store;
  /** Who is asked: the one that sells, unless `atProvider` chose another. */
  readonly provider: BillingProvider;
  readonly providers: Providers;
  /** Who we are in the provider's account. */
  readonly owner: Owner;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Who is told what was used, where it is billed. */
  readonly usageTarget: UsageTarget;
  /** Whether plans grant credits, so that a change of a subscription may change them. */
  readonly grantsCredits: boolean;
  /** Whether products grant credits, so that they may be bought by themselves. */
  readonly topsUp: boolean;
}

/** The same for rooms that sell plans, or say what they grant. */
export interface CatalogContext extends BillingContext {
  readonly catalog: Catalog;
}
