import {
  addOnLinesOf,
  type Catalog,
  type Clock,
  findAddOn,
  findPlan,
  grantsOf,
  type PlanCount,
  type PlanGrants,
  planLinesOf,
  type Store,
  type Subscription,
  unknownPlanId,
  withDeparted,
} from "@tollgate/core";

/** The catalog, and what is known about plans that have left it. */
export interface KnownPlans {
  /** With everything that is known by now; asks nobody. */
  readonly now: () => Catalog;
  /** The same; the store is asked if one of these is on a plan that is not known here. */
  readonly of: (subscriptions: readonly Subscription[]) => Promise<Catalog>;
  /** Keeps what the catalog's plans grant, and learns what other plans did. Once, when the store is opened. */
  readonly remember: (store: Store) => Promise<void>;
}

/**
 * How long before a plan that nobody knew is asked for again, in milliseconds: an instance of the next release may have
 * added it meanwhile.
 */
const patienceMs = 60_000;

export function createKnownPlans(parts: {
  readonly catalog: Catalog;
  readonly graceDays: number;
  readonly clock: Clock;
  readonly openStore: () => Promise<Store>;
}): KnownPlans {
  const { catalog, graceDays, clock, openStore } = parts;
  let known = catalog;
  let asking: { readonly at: number; readonly answer: Promise<void> } | null = null;

  function learn(remembered: readonly PlanGrants[]): void {
    known = withDeparted(catalog, remembered);
  }

  async function ask(): Promise<void> {
    const store = await openStore();
    learn(await store.listPlans());
  }

  function askOnce(): Promise<void> {
    const now = clock().getTime();
    if (asking !== null && Math.abs(now - asking.at) < patienceMs) return asking.answer;
    const mine = { at: now, answer: ask() };
    asking = mine;
    // A failed one says nothing: the next one asks again.
    mine.answer.catch(() => {
      if (asking === mine) asking = null;
    });
    return mine.answer;
  }

  const isKnown = (subscription: Subscription) =>
    planLinesOf(subscription).every(
      ({ planId }) => planId === unknownPlanId || findPlan(known, planId) !== undefined,
    ) && addOnLinesOf(subscription).every(({ addOnId }) => findAddOn(known, addOnId) !== undefined);

  return {
    now: () => known,
    async of(subscriptions) {
      if (!subscriptions.every(isKnown)) await askOnce();
      return known;
    },
    async remember(store) {
      const at = clock().toISOString();
      learn(await store.rememberPlans(grantsOf(catalog), at));
      await store.rememberTerms({ catalog, graceDays }, at);
    },
  };
}

/** `"pro", which 12 customers are on` */
export function describeCount({ planId, customers }: PlanCount): string {
  return `"${planId}", which ${customers} customer${customers === 1 ? " is" : "s are"} on`;
}
