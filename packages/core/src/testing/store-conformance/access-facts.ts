import { describe, expect, it } from "vitest";
import type { Store } from "../../ports/store.js";
import type { Subscription } from "../../subscription.js";
import { buildSubscription } from "../builders.js";
import { putSubscription } from "../put-subscription.js";
import { unique } from "./unique.js";

const at = new Date("2026-03-10T12:00:00.000Z");

export function describeAccessFacts(store: () => Store): void {
  describe("readAccessFacts", () => {
    const read = (customerId: string) => store().readAccessFacts(customerId, "stripe", at);

    it("is empty for who is not known", async () => {
      const nothing = { hasBillingAccount: false, subscriptions: [], usage: [] };
      expect(await read(unique("org"))).toEqual(nothing);
      expect(await read("__proto__")).toEqual(nothing);
    });

    it("has the link and all of a customer's subscriptions, oldest first, and nobody else's", async () => {
      const customerId = unique("org");
      const of = (startedAt: string, more: Partial<Subscription> = {}) =>
        buildSubscription({ id: unique("sub"), customerId, startedAt, ...more });
      const oldest = of("2025-01-31T10:00:00.000Z", { status: "ended" });
      const middle = of("2025-12-31T10:00:00.000Z", { status: "incomplete" });
      const newest = of("2026-01-01T10:00:00.000Z");
      const anothers = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      await store().transaction(async (tx) => {
        for (const one of [newest, oldest, anothers, middle]) await putSubscription(tx, one);
      });
      const subscriptions = [oldest, middle, newest];
      expect(await read(customerId)).toEqual({ hasBillingAccount: false, subscriptions, usage: [] });
      const link = { customerId, provider: "stripe", providerCustomerId: unique("cus") };
      await store().transaction((tx) => tx.linkCustomer(link));
      expect(await read(customerId)).toEqual({ hasBillingAccount: true, subscriptions, usage: [] });
      expect(await store().readAccessFacts(customerId, "paddle", at)).toMatchObject({
        hasBillingAccount: false,
      });
    });
  });
}
