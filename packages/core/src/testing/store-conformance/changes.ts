import { describe, expect, it, vi } from "vitest";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

export function describeChanges(store: () => Store): void {
  const save = (customerId: string) =>
    putSubscription(store(), buildSubscription({ id: unique("sub"), customerId }));

  describe("onChange", () => {
    it("says at once, when a command is done, whose subscriptions or link were changed here", async () => {
      const heard: string[] = [];
      const stop = await store().onChange((ids) => heard.push(...(ids ?? [])));
      const customerId = unique("org");
      await save(customerId);
      expect(heard).toContain(customerId);
      const linked = unique("org");
      const link = { customerId: linked, provider: "stripe", providerCustomerId: unique("cus") };
      await store().linkCustomer(link);
      expect(heard).toContain(linked);
      await stop();
      const later = unique("org");
      await save(later);
      expect(heard).not.toContain(later);
    });

    it("calls every listener, even when one of them throws", async () => {
      const first = vi.fn(() => {
        throw new Error("a listener failed");
      });
      const second = vi.fn();
      const stops = [await store().onChange(first), await store().onChange(second)];
      const customerId = unique("org");
      await save(customerId);
      for (const listener of [first, second]) expect(listener).toHaveBeenCalledWith([customerId]);
      for (const stop of stops) await stop();
    });
  });
}
