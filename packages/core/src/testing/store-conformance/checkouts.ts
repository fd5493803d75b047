import { describe, expect, it } from "vitest";
import type { CheckoutRecord } from "../../language/checkout-record.js";
import type { Store } from "../../ports/store.js";
import { buildCheckout } from "../building/builders.js";
import { unique } from "./unique.js";

export function describeCheckouts(store: () => Store): void {
  const save = (...all: readonly CheckoutRecord[]) =>
    store().transaction(async (tx) => {
      for (const one of all) await tx.saveCheckout(one);
    });

  describe("saveCheckout", () => {
    it("gives back exactly what was saved, to its owner", async () => {
      const checkout = buildCheckout({
        id: unique("cs"),
        customerId: unique("org"),
        createdAt: "2026-03-01T12:34:56.789Z",
      });
      await save(checkout);
      expect(await store().findCheckout(checkout.id, checkout.customerId)).toEqual(checkout);
    });

    it("shows nobody else's checkout: it is null like a missing one", async () => {
      const checkout = buildCheckout({ id: unique("cs"), customerId: unique("org") });
      await save(checkout);
      expect(await store().findCheckout(checkout.id, unique("org"))).toBeNull();
      expect(await store().findCheckout(unique("cs"), checkout.customerId)).toBeNull();
    });

    it("replaces the one with the same id", async () => {
      const open = buildCheckout({ id: unique("cs"), customerId: unique("org") });
      const complete = { ...open, status: "complete", url: null } as const;
      await save(open, complete);
      expect(await store().findCheckout(open.id, open.customerId)).toEqual(complete);
    });
  });

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
        { ...before, status: "expired", url: null },
      );
      expect(await store().findLatestCheckout(customerId, "plan:main")).toEqual(latest);
    });

    it("is null for a slot that was never opened", async () => {
      expect(await store().findLatestCheckout(unique("org"), "plan:main")).toBeNull();
    });
  });

  describe("listTrialCheckouts", () => {
    it("has those of all slots that may give a trial or gave one, the oldest first", async () => {
      const customerId = unique("org");
      const offering = (overrides: Partial<CheckoutRecord>) =>
        buildCheckout({ id: unique("cs"), customerId, trialDays: 14, ...overrides });
      const complete = offering({ status: "complete", url: null });
      const open = offering({ slot: "plan:support" });
      await save(
        complete,
        offering({ status: "expired", url: null }),
        offering({ trialDays: 0 }),
        open,
        offering({ customerId: unique("org") }),
      );
      expect(await store().listTrialCheckouts(customerId)).toEqual([complete, open]);
    });
  });
}
