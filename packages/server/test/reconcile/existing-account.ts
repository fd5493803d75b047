import type { World } from "../world.js";

/**
 * Customers with a trial each, made without us: the provider knows them by `app_user`, by their place in the order in
 * which they were made.
 */
export async function fillAccount(world: World, price: string, count: number): Promise<readonly string[]> {
  const users = Array.from({ length: count }, (_, n) => `existing_${n}`);
  for (let start = 0; start < count; start += 25) {
    await Promise.all(users.slice(start, start + 25).map((user) => subscribeExisting(world, price, user)));
  }
  return users;
}

export async function subscribeExisting(
  world: World,
  price: string,
  user: string,
  metadata: Readonly<Record<string, string>> = { app_user: user },
): Promise<{ readonly customer: string; readonly subscriptionId: string }> {
  const { id: customer } = await world.dashboard.customers.create({
    email: `${user}@example.com`,
    metadata: { ...metadata },
  });
  const { id: subscriptionId } = await world.dashboard.subscriptions.create({
    customer,
    items: [{ price }],
    trial_period_days: 30,
  });
  return { customer, subscriptionId };
}
