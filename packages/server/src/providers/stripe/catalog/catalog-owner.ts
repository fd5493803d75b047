import { BillingError, type CatalogPush } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { metadataKeys, readMetadata, type StripeNames } from "../language/names.js";

/** The products under our app's name, on sale or not, by their ids. */
export async function listOurProducts(
  call: CallStripe,
  names: StripeNames,
): Promise<ReadonlyMap<string, Stripe.Product>> {
  const all = await call(async (client) => {
    const products: Stripe.Product[] = [];
    // Without `active`, those that are no longer sold are listed too.
    for await (const product of client.products.list({ limit: 100 })) products.push(product);
    return products;
  });
  const ours = all.filter(({ id }) => names.isOurProduct(id));
  return new Map(ours.map((product) => [product.id, product]));
}

/** The database that is named on our app's products; even one that is no longer sold shows it. */
export async function readCatalogOwner(call: CallStripe, names: StripeNames): Promise<string | null> {
  const products = await listOurProducts(call, names);
  return [...products.values()].map(databaseOf).find((database) => database !== null) ?? null;
}

export function databaseOf(product: Stripe.Product): string | null {
  return readMetadata(product.metadata, metadataKeys.database);
}

/** Returns what refuses a product under our app's name that another database pushed. */
export function createForeignCheck(
  { app }: StripeNames,
  { database, takeOver = false }: CatalogPush,
): (product: Stripe.Product) => void {
  return (product) => {
    const owner = databaseOf(product);
    if (owner !== null && owner !== database && !takeOver) throw ofAnotherDatabase(app, owner, database);
  };
}

/** Says what to do, because those who emptied a development database are the first to read it. */
export function ofAnotherDatabase(app: string, owner: string, database: string): BillingError {
  return new BillingError(
    "catalog_of_another_database",
    `The catalog of the app "${app}" in this provider account was pushed from another database ` +
      `(${owner}; this one is ${database}). If that database is gone, take its place once: ` +
      "billing.pushPlans({ takeOver: true }), then billing.reconcile({ repair: true, takeOver: true }). " +
      "If it is still in use, by a colleague or another deployment, give this one a name of its own: " +
      `createBilling({ app: "…" }).`,
    { details: { app, owner, database } },
  );
}
