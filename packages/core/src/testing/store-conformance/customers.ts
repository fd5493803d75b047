import { describe, expect, it } from "vitest";
import type { CustomerLink, StoredCustomer } from "../../ports/store/customers.js";
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
      const stored = { ...mine, current: true, profile: null };
      expect(await link(mine)).toEqual(stored);
      expect(await store().findCustomer(mine.customerId, "stripe")).toEqual(stored);
      expect(await store().findCustomerByProviderId(mine.providerCustomerId, "stripe")).toEqual(stored);
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
      expect(await link(linkFor(first.customerId))).toMatchObject(first);
      expect(await store().findCustomer(first.customerId, "stripe")).toMatchObject(first);
    });

    it("never gives one provider customer to two customers", async () => {
      const first = linkFor(unique("org"));
      await link(first);
      expect(await link({ ...first, customerId: unique("org") })).toMatchObject(first);
      expect(await store().findCustomerByProviderId(first.providerCustomerId, "stripe")).toMatchObject(first);
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
      expect(await link(paddle)).toMatchObject(paddle);
      expect(await store().findCustomer(stripe.customerId, "stripe")).toMatchObject(stripe);
    });
  });

  describe("retireCustomer", () => {
    const retire = (one: CustomerLink) => store().transaction((tx) => tx.retireCustomer(one));

    it("keeps the link for late events, and makes way for the next one", async () => {
      const old = linkFor(unique("org"));
      await link(old);
      await retire(old);
      expect(await store().findCustomer(old.customerId, "stripe")).toBeNull();
      const history = { ...old, current: false };
      expect(await store().findCustomerByProviderId(old.providerCustomerId, "stripe")).toMatchObject(history);
      const next = linkFor(old.customerId);
      expect(await link(next)).toMatchObject({ ...next, current: true });
      expect(await store().findCustomer(old.customerId, "stripe")).toMatchObject(next);
      expect(await store().findCustomerByProviderId(old.providerCustomerId, "stripe")).toMatchObject(history);
    });

    it("lists what is history, and nothing else", async () => {
      const customerId = unique("org");
      const all = [linkFor(customerId), linkFor(customerId), linkFor(customerId)];
      for (const one of all) {
        await link(one);
        await retire(one);
        await retire(one);
      }
      await link(linkFor(customerId));
      const ids = all.map((one) => one.providerCustomerId).sort();
      expect(await store().listRetiredCustomers(customerId, "stripe")).toEqual(ids);
      expect(await store().listRetiredCustomers(customerId, "paddle")).toEqual([]);
    });

    it("never makes history current again: linking it returns the current one", async () => {
      const old = linkFor(unique("org"));
      await link(old);
      await retire(old);
      expect(await link(old)).toMatchObject({ ...old, current: false });
      const next = linkFor(old.customerId);
      await link(next);
      expect(await link(old)).toMatchObject({ ...next, current: true });
    });
  });

  describe("saveCustomerProfile", () => {
    const save = (one: StoredCustomer, profile: string) =>
      store().transaction((tx) => tx.saveCustomerProfile(one, profile));
    const profileOf = async ({ customerId, provider }: CustomerLink) =>
      (await store().findCustomer(customerId, provider))?.profile;

    it("is found with the customer", async () => {
      const stored = await link(linkFor(unique("org")));
      await save(stored, "one");
      expect(await profileOf(stored)).toBe("one");
      await save({ ...stored, profile: "one" }, "two");
      expect(await profileOf(stored)).toBe("two");
    });

    it("is unknown when two were pushed at once: nobody knows which one came last", async () => {
      const stored = await link(linkFor(unique("org")));
      await save(stored, "one");
      await save(stored, "two");
      expect(await profileOf(stored)).toBeNull();
    });
  });
}
