import type { StoreHealth } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** What a check looks at. */
export interface HealthFacts {
  readonly context: BillingContext;
  /** What the store told a moment ago. */
  readonly store: StoreHealth;
  readonly now: Date;
}

/**
 * Looks at one thing: gives each problem in words for an operator, without secrets or anybody's data. It asks
 * memory or the store, never the provider; one that throws makes the report say that it could not look.
 */
export type HealthCheck = (facts: HealthFacts) => readonly string[] | Promise<readonly string[]>;

/** What waits longer than this is stuck. In milliseconds. */
const stuckAfterMs = 15 * 60_000;

/** Whether something has waited since then for longer than it should. */
export function isStuck(since: string | null, now: Date): boolean {
  return since !== null && now.getTime() - Date.parse(since) > stuckAfterMs;
}
