import type { AccessFacts, AccessState } from "@tollgate/core";
import type { Identity } from "../context/identity.js";
import { type DecidedAccess, toDecidedAccess } from "./decided-access.js";

/** What was decided about a customer, as one of their people sees it. */
export type SeenBy = (identity: Identity, decided: DecidedAccess) => DecidedAccess;

/**
 * Most people are named no private plans and see what was decided. For others it is decided again from the same facts,
 * once for each list of plans and for as long as it is kept; in an outage there are no facts, and no offers.
 */
export function createSeenBy(
  decide: (
    customerId: string,
    known: { readonly decided: DecidedAccess; readonly facts: AccessFacts },
    plans: readonly string[],
  ) => AccessState,
): SeenBy {
  const seen = new WeakMap<DecidedAccess, Map<string, DecidedAccess>>();
  return ({ id, plans }, decided) => {
    const { facts, changesAt } = decided;
    if (plans === undefined || plans.length === 0 || facts === null || decided.state.degraded) return decided;
    const known = seen.get(decided) ?? new Map<string, DecidedAccess>();
    seen.set(decided, known);
    const key = JSON.stringify(plans);
    const made = known.get(key) ?? toDecidedAccess(decide(id, { decided, facts }, plans), changesAt, facts);
    known.set(key, made);
    return made;
  };
}
