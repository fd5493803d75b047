import type { Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import type { World } from "../world.js";
import type { FuzzMaterial } from "./build-request.js";

/** Enough of a life at the provider to have events of every kind, and people who keep buying. */
export async function live(world: World, store: Store): Promise<FuzzMaterial> {
  const events = new Map<string, StripeEvent>();
  const note = () => {
    for (const event of world.sandbox.events()) events.set(event.id, event);
  };
  const checkouts: { id: string; user: string }[] = [];
  for (const [user, body] of [
    ["ada", { planId: "starter", interval: "month" }],
    ["ada", { productId: "credits", quantity: 2 }],
    ["bob", { planId: "pro", interval: "year" }],
    ["dan", { planId: "starter", interval: "month" }],
    ["dan", { productId: "credits", quantity: 2 }],
    ["fay", { planId: "pro", interval: "year" }],
    ["eve", { planId: "team", interval: "month", quantity: 3 }],
  ] as const) {
    const id = await world.buy(user, body);
    checkouts.push({ id, user });
    await world.call("GET", `/checkout/${id}`, { as: user });
    note();
  }
  const [subscription] = await store.listSubscriptions("eve");
  if (subscription) {
    await world.dashboard.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await world.dashboard.subscriptions.cancel(subscription.id);
  }
  const charges = await world.dashboard.charges.list({ limit: 1 });
  await world.dashboard.refunds.create({ charge: charges.data[0]?.id ?? "" });
  note();
  world.tick(12 * 24 * 60 * 60);
  note();
  const all = [...events.values()];
  const others = new Set(["ada", "bob"].flatMap((user) => world.events(user).map(({ id }) => id)));
  return { world, events: all, mutable: all.filter(({ id }) => !others.has(id)), checkouts };
}
