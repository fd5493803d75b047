import type { PlanGrants } from "../../catalog/plan-grants.js";
import type { IsoTime } from "../../language/time.js";

/** How many customers are on a plan. */
export interface PlanCount {
  readonly planId: string;
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
}
