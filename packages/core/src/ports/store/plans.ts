import type { PlanGrants } from "../../catalog/plan-grants.js";
import type { IsoTime } from "../../language/time.js";

/** How many customers are on a plan. */
export interface PlanCount {
  readonly planId: string;
  /** Those with a running subscription that bills it. */
  readonly customers: number;
}

/** What plans granted, for those who are on one that the catalog has no more. */
export interface PlanMemory {
  /** Keeps what these plans grant, over what was kept of them, and gives all that was kept before. */
  rememberPlans(plans: readonly PlanGrants[], at: IsoTime): Promise<readonly PlanGrants[]>;
  /** All that is kept, in the order of the ids. */
  listPlans(): Promise<readonly PlanGrants[]>;
  /** Of the plans that somebody is on, those that are none of these, in the order of the ids. */
  countSubscribers(except: readonly string[]): Promise<readonly PlanCount[]>;
}
