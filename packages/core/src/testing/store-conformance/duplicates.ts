import { describe, expect, it } from "vitest";
import type { DuplicateRecord } from "../../ports/store/duplicates.js";
import type { Store } from "../../ports/store.js";
import { unique } from "./unique.js";

export function describeDuplicates(store: () => Store): void {
  const save = (...all: readonly DuplicateRecord[]) =>
    store().transaction(async (tx) => {
      for (const one of all) await tx.saveDuplicate(one);
    });
  const decided = (overrides: Partial<DuplicateRecord> = {}): DuplicateRecord => ({
    provider: "stripe",
    subscriptionId: unique("sub"),
    customerId: unique("org"),
    group: "main",
    keptId: unique("sub"),
    action: "cancel_and_refund",
    state: "decided",
    refund: null,
    ...overrides,
  });

  describe("saveDuplicate", () => {
    it("gives back what was saved, to the customer, provider and group that it belongs to", async () => {
      const one = decided();
      await save(
        one,
        decided(),
        decided({ customerId: one.customerId, group: "support" }),
        decided({ customerId: one.customerId, provider: "paddle" }),
      );
      expect(await store().listDuplicates(one.customerId, "stripe", "main")).toEqual([one]);
    });

    it("replaces the one of the same subscription", async () => {
      const one = decided();
      const done = { ...one, state: "done", refund: { amount: 900, currency: "usd" } } as const;
      await save(one, done);
      expect(await store().listDuplicates(one.customerId, "stripe", "main")).toEqual([done]);
    });
  });

  describe("removeDuplicate", () => {
    it("withdraws what is decided, never what is done", async () => {
      const customerId = unique("org");
      const open = decided({ customerId });
      const done = decided({ customerId, state: "done" });
      await save(open, done);
      await store().transaction(async (tx) => {
        await tx.removeDuplicate(open);
        await tx.removeDuplicate(done);
      });
      expect(await store().listDuplicates(customerId, "stripe", "main")).toEqual([done]);
    });
  });
}
