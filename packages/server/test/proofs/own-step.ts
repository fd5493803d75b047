import { BillingError } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import fc from "fast-check";
import type { Billing } from "../../src/index.js";
import { crashPoint } from "./crash-point.js";

const plan = fc.record({
  planId: fc.constantFrom("starter" as const, "pro" as const, "team" as const),
  quantity: fc.integer({ min: 2, max: 5 }),
});

/** What a customer may want of our own API. */
const deed = fc.oneof(
  { weight: 5, arbitrary: fc.record({ want: fc.constant("change" as const), plan }) },
  { weight: 2, arbitrary: fc.record({ want: fc.constant("undo" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      want: fc.constant("cancel" as const),
      at: fc.constantFrom("period_end" as const, "period_end" as const, "now" as const),
      settlement: fc.constantFrom("nothing" as const, "credit" as const, "refund" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      want: fc.constant("pause" as const),
      how: fc.constantFrom("full" as const, "collection" as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ want: fc.constant("resume" as const) }) },
);

/** One of them. */
export type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never;

/** Something that is done through our own API, by an instance that may die meanwhile. */
export const ownStep = fc.record({
  kind: fc.constant("own" as const),
  /** By its customer. */
  which: fc.nat(7),
  deed,
  instance: fc.nat(1),
  /** A change takes some twenty statements and requests. */
  crash: crashPoint(20),
});

export type OwnStep = typeof ownStep extends fc.Arbitrary<infer One> ? One : never;

/** Does it; whatever is refused has not happened. */
export async function perform(
  billing: Billing<ExampleCatalog>,
  customerId: string,
  deed: Deed,
): Promise<void> {
  const { subscriptions } = billing;
  try {
    switch (deed.want) {
      case "change": {
        const { planId, quantity } = deed.plan;
        const choice = { customerId, planId, quantity: planId === "team" ? quantity : 1 };
        const { token } = await subscriptions.preview(choice);
        await subscriptions.change({ ...choice, preview: token });
        return;
      }
      case "undo":
        await subscriptions.undoChange({ customerId });
        return;
      case "cancel":
        await subscriptions.cancel({ customerId, at: deed.at, settlement: deed.settlement });
        return;
      case "pause":
        await subscriptions.pause({ customerId, kind: deed.how });
        return;
      case "resume":
        await subscriptions.resume({ customerId });
        return;
    }
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
  }
}
