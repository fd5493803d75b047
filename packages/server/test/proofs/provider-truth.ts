import type { BillingProvider, Store } from "@tollgate/core";
import { hasEnded, unknownPlanId } from "@tollgate/core";
import type Stripe from "stripe";

/**
 * Every difference between the store and the provider about these customers, in words; the promise is that there are
 * none.
 */
export async function differences(
  world: { readonly stripe: Stripe; readonly provider: BillingProvider; readonly store: Store },
  customers: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const customer of customers) {
    for await (const { id } of world.stripe.subscriptions.list({ customer, status: "all" })) {
      const { value: truth } = await world.provider.subscriptions.read({ id, providerCustomerId: null });
      const stored = await world.store.findSubscription(id, world.provider.id);
      if (truth === null || truth === "foreign") {
        // One that used to be ours gives no plan from then on.
        const givesPlan = stored !== null && stored.planId !== unknownPlanId && !hasEnded(stored);
        if (givesPlan) found.push(`${id} belongs to another product and gives the plan ${stored.planId}`);
        continue;
      }
      if (stored === null) {
        found.push(`${id} (${truth.status}) is not stored`);
        continue;
      }
      const {
        customerId: _owner,
        pastDueSince: _since,
        countedFrom: _counts,
        asOf: _time,
        dunning: _told,
        retention: _offered,
        ...state
      } = stored;
      const [actual, kept] = [JSON.stringify(sorted(truth)), JSON.stringify(sorted(state))];
      if (actual !== kept) found.push(`${id}\n  provider ${actual}\n  store    ${kept}`);
    }
  }
  return found;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
