import { expect, it } from "vitest";
import type { RenewalEvent } from "../language/billing-event.js";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideRenewal } from "./decide-renewal.js";

it("looks at what pays when a renewal comes near, for what is stored and runs", () => {
  const event: RenewalEvent = {
    type: "renewal.upcoming",
    ...{ id: "evt_1", provider: "stripe", subscriptionId: "sub_1" },
    ...{ occurredAt: "2026-03-29T00:00:00.000Z", providerCustomerId: "cus_1" },
  };
  const stored = (own: Partial<Subscription>) => ({
    current: { subscription: buildSubscription(own), revision: "1" },
  });
  const job = { type: "check_card", provider: "stripe", subscriptionId: "sub_1" };
  expect(decideRenewal(event, stored({}))).toMatchObject({ state: "applied", jobs: [job] });
  expect(decideRenewal(event, stored({ status: "ended" }))).toMatchObject({ state: "stale", jobs: [] });
  expect(decideRenewal(event, { current: null })).toMatchObject({ state: "ignored", jobs: [] });
});
