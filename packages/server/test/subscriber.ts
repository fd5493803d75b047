import type { StripeEvent } from "@tollgate/sandbox";
import type { World } from "./world.js";

/** A user who has bought the starter plan, and the event that says so; it is not delivered yet. */
export async function subscribe(world: World, user: string) {
  await world.buy(user);
  // A checkout makes the subscription once it is paid: the event that creates it already has it active.
  const created = eventOf(world, user, "customer.subscription.created");
  return { created, activated: created, subscriptionId: (created.data.object as { id: string }).id };
}

/** The latest event of a type about a user. */
export function eventOf(world: World, user: string, type: string): StripeEvent {
  const event = world.events(user, type).at(-1);
  if (event === undefined) throw new Error(`The provider made no ${type} for ${user}.`);
  return event;
}

/** Schedules or undoes a cancellation at the provider, and returns the event. */
export async function setCancel(world: World, user: string, subscriptionId: string, cancel: boolean) {
  await world.dashboard.subscriptions.update(subscriptionId, { cancel_at_period_end: cancel });
  return eventOf(world, user, "customer.subscription.updated");
}

/** A customer with a subscription that were made by hand in the provider's dashboard, unknown to the app. */
export async function subscribeByHand(
  world: World,
  user: string,
  price: string,
  customerId?: string,
  metadata: Readonly<Record<string, string>> = {},
) {
  const customer =
    customerId ?? (await world.dashboard.customers.create({ email: `${user}@example.com` })).id;
  const card = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
  await world.dashboard.subscriptions.create({
    customer,
    items: [{ price }],
    default_payment_method: card.id,
    metadata,
  });
  return customer;
}

/** The provider's id of the starter plan's monthly price in dollars. */
export async function starterPrice(world: World): Promise<string> {
  return priceOf(world, "starter");
}

/** The provider's id of a plan's monthly price in dollars. */
export async function priceOf(world: World, planId: string): Promise<string> {
  const { data } = await world.dashboard.prices.list({ lookup_keys: [`tollgate:plan:${planId}:month:usd`] });
  const [price] = data;
  if (price === undefined) throw new Error(`The plan ${planId} has no price at the provider.`);
  return price.id;
}

export async function planOf(world: World, user: string): Promise<string> {
  return (await world.call("GET", "/access", { as: user })).body.planId;
}

export async function subscriptionOf(world: World, user: string) {
  return (await world.call("GET", "/access", { as: user })).body.subscription;
}
