import { describe, expect, it } from "vitest";
import type { DuplicateRecord } from "../language/duplicate-record.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideCompletion } from "./decide-completion.js";

const [kept, subscription] = [buildSubscription({ id: "sub_1" }), buildSubscription({ id: "sub_2" })];
const usd = (amount: number) => ({ amount, currency: "usd" }) as const;
const decision: DuplicateRecord = {
  provider: "stripe",
  subscriptionId: "sub_2",
  customerId: "org_1",
  group: "main",
  keptId: "sub_1",
  action: "cancel_and_refund",
  state: "decided",
  refund: null,
};
const done = (amount: number): DuplicateRecord => ({ ...decision, state: "done", refund: usd(amount) });
const decide = (input: Partial<Parameters<typeof decideCompletion>[0]>) =>
  decideCompletion({ decision, refund: usd(900), known: [decision], subscription, kept, ...input });

describe("decideCompletion", () => {
  it("notes the refund and tells the app of both", () => {
    const { customerId, action } = decision;
    const { planId } = subscription;
    expect(decide({})).toEqual({
      record: done(900),
      callback: {
        id: "sub_2:subscription.duplicate",
        type: "subscription.duplicate",
        data: { customerId, planId, subscription, kept, refund: usd(900), action },
      },
    });
  });

  it.each([
    [usd(900), true],
    [null, undefined],
  ])("says of a refund of %j by a provider that only promises it: %j", (refund, refundPending) => {
    const data = decide({ refund, pending: true })?.callback.data ?? {};
    expect("refundPending" in data ? data.refundPending : undefined).toBe(refundPending);
  });

  it.each([
    ["as much", [done(900)], null],
    ["less", [done(1800)], null],
    ["more", [done(300)], "sub_2:subscription.duplicate:900"],
    ["for another", [{ ...done(900), subscriptionId: "sub_3" }], "sub_2:subscription.duplicate"],
  ])("tells of %s : %s than before, %s", (_, known, id) => {
    expect(decide({ known })?.callback.id ?? null).toBe(id);
  });

  it("is known when nothing is refunded and it is done", () => {
    expect(decide({ refund: null, known: [{ ...done(0), refund: null }] })).toBeNull();
  });

  it.each([{ subscription: null }, { kept: null }])("refuses what can't be: %j", (missing) => {
    expect(() => decide(missing)).toThrow("left the store");
  });
});
