import type Stripe from "stripe";
import type { ForSale } from "./list-for-sale.js";
import { groupPortal, metadataKeys, readMetadata, type StripeNames } from "./names.js";
import type { CallStripe } from "./stripe-client.js";

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

/** The configuration without plans to switch to. */
export const generalPortal = "general";

/** What was pushed of one plan or product, with the prices that are sold now. */
export interface PushedThing {
  readonly thing: ForSale;
  readonly prices: readonly Stripe.Price[];
}

/**
 * Makes our portal configurations: a general one, and one for each group and currency that offers the
 * group's plans. A person switches within a group, a subscription keeps its currency, and Stripe takes one
 * price per product and interval. What changed becomes a new configuration, so that a portal that is open
 * goes on as it began.
 */
export async function pushPortals(
  call: CallStripe,
  names: StripeNames,
  pushed: readonly PushedThing[],
): Promise<void> {
  const existing = await listPortals(call);
  const wanted = new Map<string, Features>([[names.portalName(generalPortal), generalFeatures]]);
  for (const [name, things] of byGroupAndCurrency(pushed)) {
    wanted.set(names.portalName(name), { ...generalFeatures, subscription_update: toUpdateFeature(things) });
  }
  for (const [name, features] of wanted) {
    const digest = await digestOf(features);
    if (existing.get(name)?.digest === digest) continue;
    const metadata = { ...names.mark, [metadataKeys.portal]: name, [metadataKeys.digest]: digest };
    await call((client) => client.billingPortal.configurations.create({ features, metadata }));
  }
}

/** Our configurations by name, of each the latest. */
export async function listPortals(
  call: CallStripe,
): Promise<ReadonlyMap<string, { readonly id: string; readonly digest: string | null }>> {
  const portals = new Map<string, { id: string; digest: string | null }>();
  await call(async (client) => {
    // Stripe lists the latest first.
    for await (const one of client.billingPortal.configurations.list({ active: true, limit: 100 })) {
      const name = readMetadata(one.metadata, metadataKeys.portal);
      if (name === null || portals.has(name)) continue;
      portals.set(name, { id: one.id, digest: readMetadata(one.metadata, metadataKeys.digest) });
    }
  });
  return portals;
}

async function digestOf(features: Features): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(features));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const generalFeatures = {
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  customer_update: { enabled: true, allowed_updates: ["email", "name", "address", "tax_id"] },
  subscription_cancel: { enabled: true, mode: "at_period_end" },
} satisfies Features;

/** A switch is billed at once, with what is left of the old price taken off. */
function toUpdateFeature(things: readonly PushedThing[]): NonNullable<Features["subscription_update"]> {
  return {
    enabled: true,
    default_allowed_updates: ["price"],
    proration_behavior: "always_invoice",
    products: things.map(({ thing, prices }) => ({
      product: thing.stripeId,
      prices: prices.map(({ id }) => id),
    })),
  };
}

function byGroupAndCurrency(pushed: readonly PushedThing[]): ReadonlyMap<string, PushedThing[]> {
  const portals = new Map<string, PushedThing[]>();
  for (const { thing, prices } of pushed) {
    if (thing.group === null) continue;
    for (const currency of new Set(prices.map((price) => price.currency))) {
      const name = groupPortal(thing.group, currency);
      const offered = { thing, prices: prices.filter((price) => price.currency === currency) };
      portals.set(name, [...(portals.get(name) ?? []), offered]);
    }
  }
  return portals;
}
