import type { CatalogChange } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { refusalCode } from "../client/to-provider-error.js";
import { idOrNull } from "../language/id-of.js";
import { hasMetadata, metadataKeys, readMetadata } from "../language/names.js";
import type { ForSale } from "./for-sale.js";
import { type PushStep, takeStep } from "./push-step.js";

/** Creates the product, or makes the one that exists agree with the catalog. */
export async function pushProduct(
  call: CallStripe,
  thing: ForSale,
  known: Stripe.Product | undefined,
  refuseForeign: (product: Stripe.Product) => void,
): Promise<CatalogChange> {
  const step = productStep(thing.catalogId, thing.stripeId);
  const { change } = await takeStep(step, async () => {
    const existing = known ?? (await createProduct(call, thing));
    if (existing === "created")
      return { change: { ...step, action: "created", detail: "is new" }, made: null };
    // Another database may have created it since the products were listed.
    if (known === undefined) refuseForeign(existing);
    const differences = differencesOf(existing, thing);
    if (differences.length === 0) {
      return { change: { ...step, action: "unchanged", detail: "is up to date" }, made: null };
    }
    const { name, description, metadata, taxCode } = thing;
    // An empty string is how Stripe unsets a text.
    const params = {
      active: true,
      name,
      description: description ?? "",
      ...taxOf(taxCode),
      metadata: { ...metadata },
    };
    await call((client) => client.products.update(existing.id, params));
    return { change: { ...step, action: "updated", detail: differences.join(", ") }, made: null };
  });
  return change;
}

/** How a product differs from what the catalog says, in words. */
export function differencesOf(
  existing: Stripe.Product,
  { name, description, metadata, taxCode }: ForSale,
): readonly string[] {
  return [
    ...(existing.active ? [] : ["is for sale again"]),
    ...(existing.name === name ? [] : [`name was "${existing.name}", is "${name}"`]),
    ...((existing.description ?? null) === description ? [] : ["description changed"]),
    ...(taxCode === undefined || codeOf(existing) === taxCode
      ? []
      : [`tax code was ${codeOf(existing) ?? "none"}, is ${taxCode}`]),
    ...(hasMetadata(existing, metadata) ? [] : ["metadata changed"]),
  ];
}

/** Takes a product off sale, and with it what Stripe won't archive earlier: its default price. */
export async function archiveProduct(
  call: CallStripe,
  catalogId: string,
  product: Stripe.Product,
): Promise<CatalogChange> {
  const step = productStep(catalogId, product.id);
  const { change } = await takeStep(step, async () => {
    const made = await call((client) => client.products.update(product.id, { active: false }));
    return { change: { ...step, action: "archived", detail: "is no longer in the catalog" }, made };
  });
  return change;
}

/**
 * What is off sale is taken over too: nothing of the other database is left that a push could be refused for.
 *
 * @returns the failure, if it failed
 */
export async function stampProduct(
  call: CallStripe,
  catalogId: string,
  product: Stripe.Product,
  database: string,
): Promise<readonly CatalogChange[]> {
  if (readMetadata(product.metadata, metadataKeys.database) === database) return [];
  const step = productStep(catalogId, product.id);
  const { change } = await takeStep(step, async () => {
    const metadata = { [metadataKeys.database]: database };
    const made = await call((client) => client.products.update(product.id, { metadata }));
    return { change: { ...step, action: "updated", detail: "metadata changed" }, made };
  });
  return change.action === "failed" ? [change] : [];
}

/** Another push may have been faster: then its product is the one that counts. */
async function createProduct(call: CallStripe, thing: ForSale): Promise<Stripe.Product | "created"> {
  const { stripeId: id, name, description, metadata, taxCode } = thing;
  // We rely on: for sale (`active`), a service, and the account's tax code where the catalog has none.
  const own = { ...(description !== null && { description }), ...taxOf(taxCode) };
  const params = { id, name, ...own, metadata: { ...metadata } };
  try {
    await call((client) => client.products.create(params));
    return "created";
  } catch (error) {
    if (refusalCode(error) !== "resource_already_exists") throw error;
    return call((client) => client.products.retrieve(id));
  }
}

function taxOf(taxCode: string | undefined): { readonly tax_code?: string } {
  return taxCode === undefined ? {} : { tax_code: taxCode };
}

function codeOf({ tax_code }: Stripe.Product): string | null {
  return idOrNull(tax_code);
}

export function productStep(catalogId: string, providerId: string): PushStep {
  return { kind: "product", catalogId, interval: null, currency: null, providerId };
}
