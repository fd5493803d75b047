import { describe, expect, it } from "vitest";
import type { Store } from "../../ports/store.js";
import { unique } from "./unique.js";

export function describeMigrations(store: () => Store, openSecond?: () => Promise<Store>): void {
  describe("migrate", () => {
    it("may be called by several at once on an empty database", async () => {
      const second = await openSecond?.();
      await Promise.all([store().migrate(), store().migrate(), second?.migrate()]);
      expect(await store().listSubscriptions(unique("org"))).toEqual([]);
    });

    it("keeps what is stored when it is called again", async () => {
      const link = { customerId: unique("org"), provider: "stripe", providerCustomerId: unique("cus") };
      await store().linkCustomer(link);
      await store().migrate();
      expect(await store().findCustomer(link.customerId, "stripe")).toMatchObject(link);
    });
  });
}
