import { compareSubscription, type Store } from "@tollgate/core";
import { expect } from "vitest";
import type { World } from "../world.js";

/** What is stored about a subscription has every field as the provider has it. */
export async function expectSameAsProvider(world: World, store: Store, subscriptionId: string) {
  const stored = await store.findSubscription(subscriptionId, "stripe");
  const { value } = await world.provider.subscriptions.read({
    id: subscriptionId,
    providerCustomerId: null,
  });
  if (stored === null || value === null || value === "foreign") {
    throw new Error(`Only one side has a readable ${subscriptionId}.`);
  }
  expect(compareSubscription(stored, value)).toEqual([]);
  expect(stored).toMatchObject({ ...value });
}
