import { describe, expect, it } from "vitest";
import type { CustomerLink } from "../../ports/store/customers.js";
import type { Store } from "../../ports/store.js";
import { unique } from "./unique.js";

const linkFor = (customerId: string): CustomerLink => ({
  customerId,
  provider: "stripe",
  providerCustomerId: unique("cus"),
});

export function describeCustomers(store: () => Store): void {
  const link = (one: CustomerLink) => store().transaction((tx) => tx.linkCustomer(one));

  describe("linkCustomer", () => {
    it("is found from either side", async () => {
      const mine = linkFor(unique("org"));
      expect(await link(mine)).toEqual(mine);
      expect(await store().findCustomer(mine.customerId, "stripe")).toEqual(mine);
      expect(await store().findCustomerByProviderId(mine.providerCustomerId, "stripe")).toEqual(mine);
    });

    it("is null where nobody is linked, and at another provider", async () => {
      const mine = linkFor(unique("org"));
      await link(mine);
      expect(await store().findCustomer(unique("org"), "stripe")).toBeNull();
      expect(await store().findCustomer(mine.customerId, "paddle")).toBeNull();
      expect(await store().findCustomerByProviderId(mine.providerCustomerId, "paddle")).toBeNull();
    });

    it("keeps the first link of a customer and says which one that is", async () => {
      const first = linkFor(unique("org"));
      await link(first);
      expect(await link(linkFor(first.customerId))).toEqual(first);
      expect(await store().findCustomer(first.customerId, "stripe")).toEqual(first);
    });

    it("never gives one provider customer to two customers", async () => {
      const first = linkFor(unique("org"));
      await link(first);
      expect(await link({ ...first, customerId: unique("org") })).toEqual(first);
      expect(await store().findCustomerByProviderId(first.providerCustomerId, "stripe")).toEqual(first);
    });

    it("lets one win when several link the same customer at once", async () => {
      const customerId = unique("org");
      const links = await Promise.all(Array.from({ length: 6 }, () => link(linkFor(customerId))));
      expect(new Set(links.map((one) => one.providerCustomerId)).size).toBe(1);
    });

    it("links one customer to each of several providers", async () => {
      const stripe = linkFor(unique("org"));
      const paddle = { ...linkFor(stripe.customerId), provider: "paddle" };
      await link(stripe);
      expect(await link(paddle)).toEqual(paddle);
      expect(await store().findCustomer(stripe.customerId, "stripe")).toEqual(stripe);
    });
  });
}
