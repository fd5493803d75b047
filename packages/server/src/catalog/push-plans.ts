import type { CatalogChange } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** How `billing.pushPlans` pushes. */
export interface PushPlansOptions {
  /**
   * Takes the place of another database whose catalog stands under this app's name in the provider's account:
   * for one that was lost or emptied. @default false
   */
  readonly takeOver?: boolean;
}

/**
 * Makes the provider have what the catalog says. What the provider refuses is told in the list as `failed` and
 * logged; it does not throw, so that an app starts with the rest, and what was not pushed is not sold.
 * The log also tells what the endpoint for our webhook lacks.
 *
 * @throws BillingError `catalog_of_another_database`, `provider_unavailable`, `provider_rejected`,
 * `store_unavailable`
 */
export async function pushPlans(
  context: BillingContext,
  { takeOver = false }: PushPlansOptions = {},
): Promise<readonly CatalogChange[]> {
  const { provider, catalog } = context;
  const { database } = await context.owner();
  const changes = await provider.pushCatalog(catalog, { database, takeOver });
  // Only now: one that was refused may still choose another name.
  await context.bindDatabase();
  for (const { action, detail, ...about } of changes) {
    if (action === "failed")
      context.logger.error({ ...about, detail }, "Part of the catalog could not be pushed");
  }
  await context.endpoint.look();
  return changes;
}
