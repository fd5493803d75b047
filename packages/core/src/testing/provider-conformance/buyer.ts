import { expect } from "vitest";
import type { Catalog } from "../../catalog/catalog.js";
import type { CheckoutOffer } from "../../checkout/decide-checkout.js";
import type { ProviderSubscription } from "../../language/subscription.js";
import type { OpenCheckoutInput, ProviderCheckout } from "../../ports/provider-checkout.js";
import type { SubscriptionRef } from "../../ports/provider-subscriptions.js";
import { buildCatalog } from "../building/build-catalog.js";
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
  const { catalog } = world.provider;
  if (catalog.kind === "pushed") await catalog.push(world.catalog, { database });
  return world;
}

/** The provider's clock: the machine's unless the driver says otherwise. */
export function timeOf({ driver }: ProviderSetup): Date {
  return driver.now?.() ?? new Date();
}

/** A customer of the provider's, in whichever way it gets them. */
export async function newCustomer(world: World): Promise<string> {
  const customerId = crypto.randomUUID();
  const { customers } = world.provider;
  if (customers.kind === "same_as_app") return customerId;
  if (customers.kind === "made_by_checkout") return (await subscribe(world, starterOffer)).providerCustomerId;
  const profile = { email: `${customerId}@example.com`, name: "Ada Lovelace" };
  const { providerCustomerId } = await customers.make({
    customerId,
    ...profile,
    database,
    idempotencyKey: crypto.randomUUID(),
  });
  await customers.update({ providerCustomerId, ...profile });
  return providerCustomerId;
}

/** Opens a checkout for a customer, a new one unless one is given. */
export async function openCheckout(
  world: World,
  offer: CheckoutOffer,
  options: Partial<Pick<OpenCheckoutInput, "idempotencyKey" | "promotion">> & {
    readonly providerCustomerId?: string;
  } = {},
): Promise<ProviderCheckout> {
  const isMade = world.provider.customers.kind === "made_by_checkout";
  const providerCustomerId = options.providerCustomerId ?? (isMade ? null : await newCustomer(world));
  return world.provider.checkout.open(
    {
      offer,
      promotion: options.promotion ?? null,
      customerId: customerOf(providerCustomerId),
      providerCustomerId,
      database,
      successUrl: "https://app.example.com/billing?checkout={CHECKOUT_ID}",
      cancelUrl: "https://app.example.com/pricing",
      idempotencyKey: options.idempotencyKey ?? crypto.randomUUID(),
    },
    world.catalog,
  );
}

/** The app's own id of whoever buys as this customer of the provider's. */
export function customerOf(providerCustomerId: string | null): string {
  return providerCustomerId === null ? "org_1" : `org_of_${providerCustomerId}`;
}

/** Buys a subscription and reads it back. */
export async function subscribe(world: World, offer: SubscriptionOffer): Promise<ProviderSubscription> {
  const { id } = await openCheckout(world, offer);
  await world.driver.payCheckout(id);
  const checkout = await world.provider.checkout.read(id);
  if (!checkout?.subscriptionId) throw new Error(`The paid checkout ${id} has no subscription.`);
  return readOurs(world, { ...checkout, id: checkout.subscriptionId });
}

/** Reads a subscription that must exist and must be ours. */
export async function readOurs(
  { provider }: World,
  { id, providerCustomerId }: SubscriptionRef,
): Promise<ProviderSubscription> {
  const { value, asOf } = await provider.subscriptions.read({ id, providerCustomerId });
  expect(asOf, "it is the provider's time").toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  if (provider.events.clock === "second") expect(asOf, "it has whole seconds").toMatch(/\.000Z$/);
  if (value === null || value === "foreign") throw new Error(`The subscription ${id} is ${value}.`);
  return value;
}

/** An id of the right shape that belongs to nothing. */
export function missing(id: string): string {
  return `${id.slice(0, -6)}zzzzzz`;
}
