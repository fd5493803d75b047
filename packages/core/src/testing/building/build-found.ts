import type { FoundSubscription } from "../../ports/provider-subscriptions.js";
import { buildProviderSubscription } from "./build-subscription.js";

/** A subscription of customer `org_1` as the provider has it, for tests; override what matters. */
export function buildFound(overrides: Partial<FoundSubscription> = {}): FoundSubscription {
  return {
    id: "sub_1",
    customer: {
      providerCustomerId: "cus_1",
      customerId: null,
      stamp: { customerId: null, app: null, database: null },
      email: null,
      name: null,
      metadata: {},
      deleted: false,
    },
    stamp: { customerId: null, app: null, database: null },
    state: buildProviderSubscription(),
    createdAt: "2026-03-01T00:00:00.000Z",
    endedAt: null,
    priceIds: ["price_1"],
    ...overrides,
  };
}
