import { expect } from "vitest";
import type { Catalog } from "../../catalog/catalog.js";
import type { CheckoutOffer } from "../../checkout/decide-checkout.js";
import type { ProviderSubscription } from "../../language/subscription.js";
import type { ProviderCheckout } from "../../ports/provider-checkout.js";
import { buildCatalog } from "../building/builders.js";
import type { ProviderSetup } from "./driver.js";

/** One world of the suite: a provider with its catalog pushed. */
export interface World extends ProviderSetup {
  readonly catalog: Catalog;
}

export type SubscriptionOffer = Extract<CheckoutOffer, { kind: "subscription" }>;

/** The installation id of the suite's database. */
export const database = "00000000-0000-4000-8000-000000000001";

/** `starter` by the month in dollars, without a trial. */
export const starterOffer: SubscriptionOffer = {
  kind: "subscription",
  planId: "starter",
  group: "main",
  interval: "month",
  currency: "usd",
  quantity: 1,
  trialDays: 0,
};

export async function openWorld(setup: () => Promise<ProviderSetup>): Promise<World> {
  const world = { ...(await setup()), catalog: buildCatalog() };
  await world.provider.pushCatalog(world.catalog, { database });
  return world;
}

/** The provider's clock: the machine's unless the driver says otherwise. */
export function timeOf({ driver }: ProviderSetup): Date {
  return driver.now?.() ?? new Date();
}

export async function newCustomer({ provider }: ProviderSetup): Promise<string> {
  const customerId = crypto.randomUUID();
  const profile = { email: `${customerId}@example.com`, name: "Ada Lovelace" };
  const { providerCustomerId } = await provider.createCustomer({
    customerId,
    ...profile,
    database,
    idempotencyKey: crypto.randomUUID(),
  });
  await provider.updateCustomer({ providerCustomerId, ...profile });
  return providerCustomerId;
}

/** Opens a checkout for a customer, a new one unless one is given. */
export async function openCheckout(
  world: World,
  offer: CheckoutOffer,
  options: { readonly idempotencyKey?: string; readonly providerCustomerId?: string } = {},
): Promise<ProviderCheckout> {
  const providerCustomerId = options.providerCustomerId ?? (await newCustomer(world));
  return world.provider.createCheckout(
    {
      offer,
      customerId: `org_of_${providerCustomerId}`,
      providerCustomerId,
      database,
      successUrl: "https://app.example.com/billing?checkout={CHECKOUT_ID}",
      cancelUrl: "https://app.example.com/pricing",
      idempotencyKey: options.idempotencyKey ?? crypto.randomUUID(),
    },
    world.catalog,
  );
}

/** Buys a subscription and reads it back. */
export async function subscribe(world: World, offer: SubscriptionOffer): Promise<ProviderSubscription> {
  const { id } = await openCheckout(world, offer);
  await world.driver.payCheckout(id);
  const checkout = await world.provider.readCheckout(id);
  if (!checkout?.subscriptionId) throw new Error(`The paid checkout ${id} has no subscription.`);
  return readOurs(world, checkout.subscriptionId);
}

/** Reads a subscription that must exist and must be ours. */
export async function readOurs({ provider }: World, subscriptionId: string): Promise<ProviderSubscription> {
  const { value, asOf } = await provider.readSubscription(subscriptionId);
  expect(asOf, "the provider's time has whole seconds").toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
  if (value === null || value === "foreign")
    throw new Error(`The subscription ${subscriptionId} is ${value}.`);
  return value;
}

/** An id of the right shape that belongs to nothing. */
export function missing(id: string): string {
  return `${id.slice(0, -6)}zzzzzz`;
}
