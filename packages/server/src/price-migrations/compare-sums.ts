import type { BilledAtPrice, MigratedCustomer, ProviderPage, SkippedCustomer } from "@tollgate/core";
import { atProvider } from "../context/providers.js";
import type { MigrationContext } from "./migration-context.js";

/**
 * Compares what is stored with what the provider bills at each old price, a page at a time: whose sums differ is named and
 * left out, and so is whoever is held by a schedule of somebody else's.
 */
export async function compareSums(
  context: MigrationContext,
  customers: readonly MigratedCustomer[],
): Promise<{ readonly moved: readonly MigratedCustomer[]; readonly differing: readonly SkippedCustomer[] }> {
  const billed = new Map<string, BilledAtPrice>();
  const asked = new Set<string>();
  const moved: MigratedCustomer[] = [];
  const differing: SkippedCustomer[] = [];
  for (const one of customers) {
    const { provider, customerId, subscriptionId } = one;
    const key = `${provider} ${one.from.priceId}`;
    if (!asked.has(key)) await readBilled(context, provider, one.from.priceId, billed);
    asked.add(key);
    const reason = differenceOf(one, billed.get(`${key} ${subscriptionId}`));
    if (reason === null) moved.push(one);
    else differing.push({ customerId, subscriptionId, reason });
  }
  return { moved, differing };
}

async function readBilled(
  context: MigrationContext,
  id: string,
  priceId: string,
  into: Map<string, BilledAtPrice>,
): Promise<void> {
  const { priceMigrations } = atProvider(context, id).provider.manage;
  let after: string | null = null;
  do {
    const page: ProviderPage<BilledAtPrice> | undefined = await priceMigrations?.listBilled({
      priceId,
      after,
    });
    for (const one of page?.items ?? []) into.set(`${id} ${priceId} ${one.subscriptionId}`, one);
    after = page?.next ?? null;
  } while (after !== null);
}

function differenceOf(
  { quantity, currency, from }: MigratedCustomer,
  billed: BilledAtPrice | undefined,
): "sums_differ" | "foreign_schedule" | null {
  if (billed === undefined || billed.quantity !== quantity || billed.currency !== currency)
    return "sums_differ";
  if (billed.total !== null && billed.total !== from.total) return "sums_differ";
  return billed.isHeld ? "foreign_schedule" : null;
}
