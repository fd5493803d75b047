import { describe, expect, it } from "vitest";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

export function describeRounds(store: () => Store): void {
  describe("listLinks", () => {
    it("has everybody of a provider in the order of its ids, retired ones included, page by page", async () => {
      const provider = unique("provider");
      const customerId = unique("org");
      const links = ["cus_B", "cus_a", "cus_b"].map((providerCustomerId) => {
        return { customerId, provider, providerCustomerId };
      });
      for (const link of links.toReversed()) {
        await store().linkCustomer(link);
        await store().retireCustomer(link);
      }
      const all = { provider, after: null, limit: 10 };
      expect(await store().listLinks(all)).toEqual(links);
      expect(await store().listLinks({ ...all, limit: 2 })).toEqual(links.slice(0, 2));
      expect(await store().listLinks({ ...all, after: "cus_a" })).toEqual(links.slice(2));
      expect(await store().listLinks({ ...all, provider: unique("provider") })).toEqual([]);
    });
  });

  describe("listEndingTrials", () => {
    it("has the trials that run and end in a span, its beginning excluded, page by page", async () => {
      const provider = unique("provider");
      const at = (day: number) => `2026-03-0${day}T10:00:00.000Z`;
      const trial = (id: string, day: number, own: object = {}) =>
        buildSubscription({
          id,
          provider,
          customerId: unique("org"),
          status: "trialing",
          trialEndsAt: at(day),
          ...own,
        });
      const [first, second] = [trial("sub_1", 5), trial("sub_2", 4)];
      const others = [
        trial("sub_3", 2),
        trial("sub_4", 6),
        trial("sub_5", 4, { status: "active" }),
        trial("sub_6", 4, { status: "ended" }),
        trial("sub_7", 4, { provider: unique("provider") }),
      ];
      for (const one of [second, first, ...others]) await putSubscription(store(), one);
      const span = { provider, from: at(2), until: at(5), after: null, limit: 10 };
      expect(await store().listEndingTrials(span)).toEqual([first, second]);
      expect(await store().listEndingTrials({ ...span, limit: 1 })).toEqual([first]);
      expect(await store().listEndingTrials({ ...span, after: "sub_1" })).toEqual([second]);
    });
  });

  describe("listPastDue", () => {
    it("has the subscriptions of a provider that are past due, page by page", async () => {
      const provider = unique("provider");
      const of = (id: string, own: object = {}) =>
        buildSubscription({ id, provider, customerId: unique("org"), status: "past_due", ...own });
      const [first, second] = [of("sub_1"), of("sub_2")];
      const others = [
        of("sub_3", { status: "active" }),
        of("sub_4", { status: "unpaid" }),
        of("sub_5", { provider: unique("provider") }),
      ];
      for (const one of [second, first, ...others]) await putSubscription(store(), one);
      const all = { provider, after: null, limit: 10 };
      expect(await store().listPastDue(all)).toEqual([first, second]);
      expect(await store().listPastDue({ ...all, limit: 1 })).toEqual([first]);
      expect(await store().listPastDue({ ...all, after: "sub_1" })).toEqual([second]);
    });
  });
}
