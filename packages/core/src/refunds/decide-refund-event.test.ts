import { expect, it } from "vitest";
import type { Refund } from "../language/refund.js";
import { buildBooks, buildRefund } from "../testing/building/build-refund.js";
import { decideRefundEvent } from "./decide-refund-event.js";

const event = { provider: "stripe", refundId: "re_1" };
const decide = (refund: Partial<Refund>, books = buildBooks({ refunded: 1000 })) =>
  decideRefundEvent(event, { refund: buildRefund(refund), books }, "org_1");

it.each([
  ["pending", null, 0],
  ["succeeded", null, 1],
  ["failed", "expired_or_canceled_card", 0],
] as const)(
  "tells that a refund is %s under an id of that state, and ends nothing before it arrived",
  (status, failure, jobs) => {
    const decided = decide({ status, failure });
    expect(decided.callbacks).toMatchObject([
      {
        id: `re_1:refund.${status}`,
        type: `refund.${status}`,
        data: {
          ...{ customerId: "org_1", refundId: "re_1", invoiceId: "in_1", subscriptionId: "sub_1", failure },
          payment: { paid: 2900, refunded: 1000, pending: 0 },
        },
      },
    ]);
    expect(decided.jobs).toHaveLength(jobs);
    expect(decided.callbacks[0]?.data).not.toHaveProperty("key");
  },
);

it("looks at a product whenever a refund of it is over, for one that failed gives it again", () => {
  const books = buildBooks({ subscriptionId: null, checkoutId: "cs_1" });
  const jobs = (["pending", "succeeded", "failed"] as const).map(
    (status) => decide({ status }, books).jobs.length,
  );
  expect(jobs).toEqual([0, 1, 1]);
});

it("ends nothing where no subscription was paid for", () => {
  expect(decide({}, buildBooks({ subscriptionId: null, invoiceId: null })).jobs).toEqual([]);
  // Its invoice may have bought credits.
  expect(decide({}, buildBooks({ subscriptionId: null })).jobs).toHaveLength(1);
});
