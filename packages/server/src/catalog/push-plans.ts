import {
  BillingError,
  type Catalog,
  type CatalogChange,
  type CatalogPush,
  findPlan,
  grantsOf,
  type Owner,
  type ProviderCatalog,
} from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { describeCount } from "./known-plans.js";

interface PushContext extends CatalogContext {
  /** Who we are, once the database is bound to this app. */
  readonly bindDatabase: () => Promise<Owner>;
}

/** How `billing.pushPlans` pushes. */
export interface PushPlansOptions {
  /**
   * Replaces another database whose catalog is under this app's name in the provider's account: for one that was lost
   * or emptied. @default false
   */
  readonly takeOver?: boolean;
  /**
   * Plans that the catalog no longer has and that may be withdrawn although people are on them. They keep what the plan
   * last granted; it is better to declare it `retired`. @default none
   */
  readonly drop?: readonly string[];
  /**
   * To which of several providers, by its id. What is sold at one that no longer sells is switched by its own prices:
   * push to it as well when the catalog changes, if people there may still switch. @default the one that sells
   */
  readonly provider?: string;
}

/** What the log says of a part of the catalog that can't be sold as it is. */
const problems: Partial<Record<CatalogChange["action"], string>> = {
  failed: "Part of the catalog could not be pushed",
  missing: "Part of the catalog is not at the provider, or not mapped",
  differs: "Part of the catalog is not the same at the provider",
};

/**
 * Makes the provider have what the catalog says; where the catalog is mapped, says what is missing there or differs. What
 * the provider refuses is listed as `failed` and logged; it does not throw, so that an app starts with the rest, and what
 * was not pushed is not sold.
 *
 * @throws BillingError `plan_in_use`, `catalog_of_another_database`, `provider_unavailable`, `provider_rejected`,
 * `provider_not_configured`, `store_unavailable`
 */
export async function pushPlans(
  selling: PushContext,
  { takeOver = false, drop = [], provider: chosen = selling.provider.id }: PushPlansOptions = {},
): Promise<readonly CatalogChange[]> {
  const context = atProvider(selling, chosen);
  const { provider, catalog } = context;
  const { database } = context.owner;
  await refuseLosses(context, drop);
  const changes = await bringOver(provider.catalog, catalog, { database, takeOver });
  // Only now: an app that was refused may still choose another name.
  await context.bindDatabase();
  const { store } = context;
  await store.rememberPlans(grantsOf(catalog), context.clock().toISOString());
  for (const { action, detail, ...about } of changes) {
    const problem = problems[action];
    if (problem !== undefined) context.logger.error({ provider: provider.id, ...about, detail }, problem);
  }
  return changes;
}

/** One that is mapped is only compared: whoever made its prices at the provider has to put it right. */
async function bringOver(
  at: ProviderCatalog,
  catalog: Catalog,
  push: CatalogPush,
): Promise<readonly CatalogChange[]> {
  return at.kind === "pushed" ? at.push(catalog, push) : at.compare(catalog, push);
}

/** A plan that was left out of the catalog by mistake must not be taken off sale while people are on it. */
async function refuseLosses({ catalog, store }: CatalogContext, drop: readonly string[]): Promise<void> {
  const kept = drop.find((planId) => findPlan(catalog, planId) !== undefined);
  if (kept !== undefined) {
    throw new BillingError("invalid_options", `pushPlans: \`drop\` names "${kept}", which the catalog has.`);
  }
  const lost = await store.countSubscribers([...Object.keys(catalog.plans), ...drop]);
  if (lost.length === 0) return;
  const plans = lost.map(({ planId }) => planId);
  throw new BillingError(
    "plan_in_use",
    `The catalog no longer has the plan ${lost.map(describeCount).join(", ")}. Declare it \`retired: true\`, so ` +
      `that they keep it, or tell pushPlans to \`drop\` it.`,
    { details: { plans } },
  );
}
