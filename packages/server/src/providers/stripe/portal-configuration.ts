import type Stripe from "stripe";
import type { ForSale } from "./list-for-sale.js";
import { metadataKeys, portalName, readMetadata } from "./names.js";
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
 * Creates or updates our portal configurations: a general one, and one for each group and currency that
 * offers the group's plans. A person switches within a group, a subscription keeps its currency, and
 * Stripe takes one price per product and interval.
 */
export async function pushPortals(call: CallStripe, pushed: readonly PushedThing[]): Promise<void> {
  const existing = await listPortals(call);
  const wanted = new Map<string, Features>([[generalPortal, generalFeatures]]);
  for (const [name, things] of byGroupAndCurrency(pushed)) {
    wanted.set(name, { ...generalFeatures, subscription_update: toUpdateFeature(things) });
  }
  for (const [name, features] of wanted) {
    const known = existing.get(name);
    await call<unknown>((client) =>
      known === undefined
        ? client.billingPortal.configurations.create({ features, metadata: { [metadataKeys.portal]: name } })
        : client.billingPortal.configurations.update(known, { features }),
    );
  }
}

/** The ids of our configurations by name. */
export async function listPortals(call: CallStripe): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  await call(async (client) => {
    for await (const one of client.billingPortal.configurations.list({ active: true, limit: 100 })) {
      const name = readMetadata(one.metadata, metadataKeys.portal);
      if (name !== null) ids.set(name, one.id);
    }
  });
  return ids;
}

const generalFeatures = {
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  customer_update: { enabled: true, allowed_updates: ["email", "name", "address", "tax_id"] },
  subscription_cancel: { enabled: true, mode: "at_period_end" },
} satisfies Features;

/** Upgrades are charged at once, downgrades wait for the end of the period. */
function toUpdateFeature(things: readonly PushedThing[]): NonNullable<Features["subscription_update"]> {
  return {
    enabled: true,
    default_allowed_updates: ["price", "quantity"],
    proration_behavior: "always_invoice",
    schedule_at_period_end: {
      conditions: [{ type: "decreasing_item_amount" }, { type: "shortening_interval" }],
    },
    products: things.map(({ thing, prices }) => ({
      product: thing.stripeId,
      prices: prices.map(({ id }) => id),
      adjustable_quantity: toAdjustable(thing),
    })),
  };
}

function toAdjustable(thing: ForSale) {
  const seats = thing.prices.find((price) => price.seats !== null)?.seats;
  if (!seats) return { enabled: false };
  const { minimum, maximum } = seats;
  return { enabled: true, minimum, ...(maximum !== null && { maximum }) };
}

function byGroupAndCurrency(pushed: readonly PushedThing[]): ReadonlyMap<string, PushedThing[]> {
  const portals = new Map<string, PushedThing[]>();
  for (const { thing, prices } of pushed) {
    if (thing.group === null) continue;
    for (const currency of new Set(prices.map((price) => price.currency))) {
      const name = portalName(thing.group, currency);
      const offered = { thing, prices: prices.filter((price) => price.currency === currency) };
      portals.set(name, [...(portals.get(name) ?? []), offered]);
    }
  }
  return portals;
}
