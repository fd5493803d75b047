import type { CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import type { ForSale } from "./list-for-sale.js";
import { hasMetadata } from "./names.js";
import type { CallStripe } from "./stripe-client.js";
import { refusalCode } from "./to-provider-error.js";

/** Creates the product, or makes the one that exists agree with the catalog. */
export async function pushProduct(
  call: CallStripe,
  thing: ForSale,
  known: Stripe.Product | undefined,
  refuseForeign: (product: Stripe.Product) => void,
): Promise<CatalogChange> {
  const existing = known ?? (await createProduct(call, thing));
  if (existing === "created") return toChange("created", thing.catalogId, thing.stripeId, "is new");
  // Another database may have created it since the products were listed.
  if (known === undefined) refuseForeign(existing);
  const { name, description, metadata } = thing;
  const differences = [
    ...(existing.active ? [] : ["is for sale again"]),
    ...(existing.name === name ? [] : [`name was "${existing.name}", is "${name}"`]),
    ...((existing.description ?? null) === description ? [] : ["description changed"]),
    ...(hasMetadata(existing, metadata) ? [] : ["metadata changed"]),
  ];
  if (differences.length === 0) return toChange("unchanged", thing.catalogId, existing.id, "is up to date");
  // An empty string is how Stripe unsets a text.
  const params = { active: true, name, description: description ?? "", metadata: { ...metadata } };
  await call((client) => client.products.update(existing.id, params));
  return toChange("updated", thing.catalogId, existing.id, differences.join(", "));
}

export async function archiveProduct(
  call: CallStripe,
  catalogId: string,
  product: Stripe.Product,
): Promise<CatalogChange> {
  await call((client) => client.products.update(product.id, { active: false }));
  return toChange("archived", catalogId, product.id, "is no longer in the catalog");
}

/** Another push may have been faster: then its product is the one. */
async function createProduct(call: CallStripe, thing: ForSale): Promise<Stripe.Product | "created"> {
  const { stripeId: id, name, description, metadata } = thing;
  // We rely on: for sale (`active`), a service, and the account's tax code.
  const params = { id, name, ...(description !== null && { description }), metadata: { ...metadata } };
  try {
    await call((client) => client.products.create(params));
    return "created";
  } catch (error) {
    if (refusalCode(error) !== "resource_already_exists") throw error;
    return call((client) => client.products.retrieve(id));
  }
}

function toChange(
  action: CatalogChange["action"],
  catalogId: string,
  providerId: string,
  detail: string,
): CatalogChange {
  return { action, kind: "product", catalogId, interval: null, currency: null, providerId, detail };
}
