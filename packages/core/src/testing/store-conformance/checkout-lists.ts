import { describe, expect, it } from "vitest";
import type { CheckoutRecord } from "../../language/checkout-record.js";
import type { Store } from "../../ports/store.js";
import { buildCheckout } from "../building/builders.js";
import { unique } from "./unique.js";

export function describeCheckoutLists(store: () => Store): void {
  /** Opens one after another, each after the latest of its slot, and has some of them settled. */
  async function save(...all: readonly CheckoutRecord[]): Promise<void> {
    for (const { status, ...one } of all) {
      const { id, provider, customerId, slot } = one;
      const latest = await store().findLatestCheckout(customerId, slot);
      await store().openCheckout({ ...one, status: "open" }, { after: latest?.id ?? null });
      if (status !== "open")
        await store().settleCheckout({ id, provider, customerId, status, purchase: null });
    }
  }

  describe("listOpenCheckouts", () => {
    it("gives what is open in all of a customer's slots, the oldest first", async () => {
      const customerId = unique("org");
      const of = (overrides: Partial<CheckoutRecord>) =>
        buildCheckout({ id: unique("cs"), customerId, ...overrides });
      const [first, second] = [of({}), of({ slot: "product:credits" })];
      await save(
        first,
        of({ status: "expired", url: null }),
        of({ status: "complete", url: null }),
        second,
        of({ customerId: unique("org") }),
      );
      expect(await store().listOpenCheckouts(customerId)).toEqual([first, second]);
    });
  });

  describe("findLatestCheckout", () => {
    it("is the one whose first save was the latest, whatever its status and the clocks of the instances", async () => {
      const customerId = unique("org");
      const at = (time: string, overrides: Partial<CheckoutRecord> = {}) =>
        buildCheckout({ id: unique("cs"), customerId, createdAt: time, ...overrides });
      const before = at("2026-03-03T00:00:00.000Z");
      const latest = at("2026-03-02T00:00:00.000Z", { status: "expired", url: null });
      await save(
        before,
        latest,
        at("2026-03-03T00:00:00.000Z", { slot: "product:credits" }),
        at("2026-03-04T00:00:00.000Z", { customerId: unique("org") }),
      );
      const { id, provider } = before;
      await store().settleCheckout({ id, provider, customerId, status: "expired", purchase: null });
      expect(await store().findLatestCheckout(customerId, "plan:main")).toEqual(latest);
    });

    it("is null for a slot that was never opened", async () => {
      expect(await store().findLatestCheckout(unique("org"), "plan:main")).toBeNull();
    });
  });

  describe("listTrialCheckouts", () => {
    it("has those that may give a trial or gave one, the oldest first", async () => {
      const customerId = unique("org");
      const offering = (overrides: Partial<CheckoutRecord> = {}) =>
        buildCheckout({ id: unique("cs"), customerId, trialDays: 14, ...overrides });
      const [first, second] = [offering(), offering()];
      await save(
        offering({ status: "expired", url: null }),
        first,
        offering({ trialDays: 0, slot: "product:credits" }),
        second,
        offering({ customerId: unique("org") }),
      );
      expect(await store().listTrialCheckouts(customerId)).toEqual([first, second]);
      const { id, provider } = first;
      await store().settleCheckout({ id, provider, customerId, status: "complete", purchase: null });
      const complete = { ...first, status: "complete", url: null };
      expect(await store().listTrialCheckouts(customerId)).toEqual([complete, second]);
    });

    it("has those with an intro too, and lets none be opened beside another", async () => {
      const customerId = unique("org");
      const offering = (overrides: Partial<CheckoutRecord> = {}) =>
        buildCheckout({ id: unique("cs"), customerId, trialDays: 0, intro: true, ...overrides });
      const [first, other] = [offering(), offering({ slot: "plan:support" })];
      await save(first);
      expect(await store().listTrialCheckouts(customerId)).toEqual([first]);
      expect(await store().openCheckout(other, { after: null })).toBeNull();
      const { id, provider } = first;
      await store().settleCheckout({ id, provider, customerId, status: "expired", purchase: null });
      expect(await store().listTrialCheckouts(customerId)).toEqual([]);
    });
  });
}
