import { featuresOf } from "../../catalog/feature.js";
import type { Context } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { rowsOf } from "../../world/owned-rows.js";
import { atCustomer } from "../../world/test-clock.js";
import type { ActiveEntitlement, Feature } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** https://docs.stripe.com/billing/entitlements#events */
const entitling: readonly string[] = ["active", "past_due", "trialing"];

/** How many the event shows; the API lists the rest. */
const shown = 10;

const productsOf = (world: World, customer: string): Set<string> => {
  const products = new Set<string>();
  for (const { status, items } of rowsOf(world, "sub", customer))
    if (entitling.includes(status)) for (const { price } of items.data) products.add(price.product as string);
  return products;
};

const featuresFor = (world: World, customer: string): Feature[] => {
  const features = new Map<string, Feature>();
  for (const product of productsOf(world, customer))
    for (const { entitlement_feature: feature } of [...featuresOf(world, product)].reverse())
      features.set(feature.id, feature);
  return [...features.values()];
};

const entitlementFor = (ctx: Context, feature: Feature): ActiveEntitlement => ({
  id: ctx.ids.id("ent").replace("ent_1", "ent_test_61"),
  object: "entitlements.active_entitlement",
  feature: feature.id,
  livemode: false,
  lookup_key: feature.lookup_key,
});

/**
 * Works out what a customer is entitled to, and announces it if it differs from what was announced before.
 */
const entitleCustomer = (world: World, now: Context, customer: string): void => {
  const before = find(world.hidden.entitlements, customer) ?? [];
  const features = featuresFor(world, customer);
  const same =
    features.length === before.length &&
    features.every(({ id }) => before.some(({ feature }) => feature === id));
  if (same) return;
  const ctx = { ...atCustomer(world, now, customer), request: { id: null, idempotency_key: null } };
  const after = features.map(
    (feature) => before.find((row) => row.feature === feature.id) ?? entitlementFor(ctx, feature),
  );
  world.hidden.entitlements[customer] = after;
  const summary = {
    object: "entitlements.active_entitlement_summary",
    customer,
    entitlements: {
      object: "list",
      data: after.slice(0, shown),
      has_more: after.length > shown,
      url: `/v1/customer/${customer}/entitlements`,
    },
    livemode: false,
  };
  const previous = { entitlements: { data: before.slice(0, shown) } };
  emit(world, ctx, "entitlements.active_entitlement_summary.updated", summary, previous);
};

/** Follows the changes of subscriptions announced since the log had `told` events. */
export const entitleSince = (world: World, ctx: Context, told: number): void => {
  if (Object.keys(world.productFeatures).length + Object.keys(world.hidden.entitlements).length === 0) return;
  const customers = new Set<string>();
  for (const { type, data } of world.events.slice(told))
    if (type.startsWith("customer.subscription.")) customers.add(data.object.customer as string);
  for (const customer of customers) entitleCustomer(world, ctx, customer);
};

/** Follows a change of a product's features. */
export const entitleBuyers = (world: World, ctx: Context, product: string): void => {
  const customers = new Set<string>();
  for (const { customer, items } of Object.values(world.subscriptions))
    if (items.data.some(({ price }) => price.product === product)) customers.add(customer as string);
  for (const customer of customers) entitleCustomer(world, ctx, customer);
};
