import {
  BillingError,
  type Catalog,
  type FoundCustomer,
  type MigratedCustomer,
  type MigrationBlock,
  type SkippedCustomer,
} from "@tollgate/core";
import { atProvider } from "../context/providers.js";
import type { MigrationContext } from "./migration-context.js";

/** Those whose new price is at their provider, and what became of the others. */
export interface FoundTargets {
  readonly customers: readonly MigratedCustomer[];
  readonly skipped: readonly SkippedCustomer[];
  readonly blocks: readonly Omit<MigrationBlock, "customers">[];
}

/** Asks each provider once for each price. */
export async function findTargets(
  context: MigrationContext,
  catalog: Catalog,
  found: readonly FoundCustomer[],
): Promise<FoundTargets> {
  const known = new Map<string, string | MigrationBlock["reason"] | null>();
  const customers: MigratedCustomer[] = [];
  const skipped: SkippedCustomer[] = [];
  const blocks: Omit<MigrationBlock, "customers">[] = [];
  for (const one of found) {
    const { customerId, subscriptionId, provider, interval, currency, from } = one;
    const key = JSON.stringify([provider, interval, currency]);
    if (!known.has(key)) known.set(key, await findTarget(context, catalog, one));
    const priceId = known.get(key) ?? null;
    if (priceId === null) skipped.push({ customerId, subscriptionId, reason: "not_supported" });
    else if (priceId === "price_not_pushed" || priceId === "price_not_mapped")
      blocks.push({ provider, interval, currency, priceId: from.priceId, reason: priceId });
    else customers.push({ ...one, to: { ...one.to, priceId } });
  }
  return { customers, skipped, blocks };
}

/** @returns `null` where the provider moves nobody, and why not where the price is not there */
async function findTarget(
  everyone: MigrationContext,
  catalog: Catalog,
  { provider: id, group, interval, currency, quantity, to }: FoundCustomer,
): Promise<string | null> {
  if (everyone.providers.find(id) === null) return null;
  const { provider, owner } = atProvider(everyone, id);
  const { priceMigrations } = provider.manage;
  if (priceMigrations === undefined) return null;
  const target = { planId: to.planId, group, interval, currency, quantity, database: owner.database };
  try {
    return await priceMigrations.findPrice(target, catalog);
  } catch (error) {
    const code = error instanceof BillingError ? error.code : "";
    if (code === "price_not_pushed" || code === "price_not_mapped") return code;
    throw error;
  }
}
