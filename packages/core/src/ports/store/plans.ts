import type { PlanGrants } from "../../catalog/plan-grants.js";
import type { IsoTime } from "../../language/time.js";

/** How many customers are on a plan. */
export interface PlanCount {
  readonly planId: string;
  /** Those with a running subscription that bills for it. */
  readonly customers: number;
}

/** How many customers pay a price. */
export interface PriceCount {
  /** The provider's id. */
  readonly priceId: string;
  /** Those with a running subscription that bills for it. */
  readonly customers: number;
}

/** What plans granted, for those on one that the catalog no longer has. */
export interface PlanMemory {
  /** Keeps what these plans grant, replacing what was kept of them, and returns everything that was kept before. */
  rememberPlans(plans: readonly PlanGrants[], at: IsoTime): Promise<readonly PlanGrants[]>;
  /** Everything that is kept, in the order of the ids. */
  listPlans(): Promise<readonly PlanGrants[]>;
  /** The plans that somebody is on and that are not among these, in the order of the ids. */
  countSubscribers(except: readonly string[]): Promise<readonly PlanCount[]>;
  /** How many are billed by each of these prices of a provider, in the order of the ids; those with nobody are left out. */
  countPayers(provider: string, priceIds: readonly string[]): Promise<readonly PriceCount[]>;
  /** Customers with a running subscription, each once, in an order that does not change: those after `after`. */
  listSubscribers(page: {
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly string[]>;
}
