import { describe, expect, it } from "vitest";
import type { Subscription } from "../../language/subscription.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const at = new Date("2026-03-10T12:00:00.000Z");

export function describeAccessFacts(store: () => Store): void {
  describe("readAccessFacts", () => {
    const read = (customerId: string) => store().readAccessFacts(customerId, ["stripe"], at);

    it("is empty for anyone who is not known", async () => {
      const nothing = { hasBillingAccount: false, subscriptions: [], usage: [], purchases: [] };
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
      for (const one of [newest, oldest, anothers, middle]) await putSubscription(store(), one);
      const subscriptions = [oldest, middle, newest];
      const rest = { subscriptions, usage: [], purchases: [] };
      expect(await read(customerId)).toEqual({ hasBillingAccount: false, ...rest });
      const link = { customerId, provider: "stripe", providerCustomerId: unique("cus") };
      await store().linkCustomer(link);
      expect(await read(customerId)).toEqual({ hasBillingAccount: true, ...rest });
      const known = async (...providers: string[]) =>
        (await store().readAccessFacts(customerId, providers, at)).hasBillingAccount;
      expect(await known("paddle")).toBe(false);
      expect(await known("paddle", "stripe")).toBe(true);
      expect(await known()).toBe(false);
    });
  });
}
