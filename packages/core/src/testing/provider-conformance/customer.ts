import { describe, expect, it } from "vitest";
import type { CustomersMadeFirst } from "../../ports/provider-customers.js";
import {
  database,
  missing,
  newCustomer,
  openCheckout,
  starterOffer,
  subscribe,
  type World,
} from "./buyer.js";

export function describeCustomer(world: () => World): void {
  const input = () => {
    const id = crypto.randomUUID();
    return { customerId: id, email: `${id}@example.com`, name: null, database, idempotencyKey: id };
  };

  function making(skip: (reason: string) => never): CustomersMadeFirst {
    const { customers } = world().provider;
    return customers.kind === "made_first" ? customers : skip(`its customers are ${customers.kind}`);
  }

  describe("make", () => {
    it("makes one customer per key, even when asked twice at once", async ({ skip }) => {
      const customers = making(skip);
      const ada = input();
      const both = await Promise.all([customers.make(ada), customers.make(ada)]);
      const again = await customers.make(ada);
      expect(new Set([...both, again].map((one) => one.providerCustomerId)).size).toBe(1);
    });

    it("makes one customer per key even if the email or name changed between two clicks", async ({
      skip,
    }) => {
      const customers = making(skip);
      const ada = input();
      const first = await customers.make(ada);
      expect(await customers.make({ ...ada, email: "new@example.com", name: "Ada" })).toEqual(first);
    });

    it("makes another customer for another key, and needs no email or name", async ({ skip }) => {
      const customers = making(skip);
      const ada = await customers.make(input());
      const bob = await customers.make({ ...input(), email: null });
      expect(bob.providerCustomerId).not.toBe(ada.providerCustomerId);
    });
  });

  describe("update", () => {
    it("sets email and name, and leaves what is null", async ({ skip }) => {
      const customers = making(skip);
      const ada = input();
      const { providerCustomerId } = await customers.make(ada);
      const email = "ada@example.com";
      for (const change of [
        { email, name: "Ada" },
        { email: null, name: "Ada L." },
      ]) {
        const { refused } = await customers.update({ providerCustomerId, ...change });
        expect(refused).toEqual([]);
        expect(await customers.read(providerCustomerId)).toMatchObject({
          providerCustomerId,
          customerId: ada.customerId,
          stamp: { customerId: ada.customerId, app: null, database },
          email,
          deleted: false,
        });
      }
    });

    it("leaves out what it refuses, says so, and takes the rest", async ({ skip }) => {
      const customers = making(skip);
      const { providerCustomerId } = await customers.make(input());
      const odd = { providerCustomerId, email: "no address" };
      expect(await customers.update({ ...odd, name: "Ada" })).toEqual({ refused: ["email"] });
      expect(await customers.update({ ...odd, name: null })).toEqual({ refused: ["email"] });
      expect(await customers.read(providerCustomerId)).toMatchObject({ email: null, deleted: false });
    });
  });

  describe("read", () => {
    it("is null for a customer that never existed", async () => {
      const { provider } = world();
      expect(await provider.customers.read(missing(await newCustomer(world())))).toBeNull();
    });
  });

  describe("findByEmail", () => {
    it("finds those of exactly this address, and nobody else", async ({ skip }) => {
      const customers = making(skip);
      const [ada, bob] = [input(), input()];
      const { providerCustomerId } = await customers.make(ada);
      await customers.update({ providerCustomerId, email: ada.email, name: null });
      const other = await customers.make(bob);
      await customers.update({ ...other, email: bob.email, name: null });
      expect(await customers.findByEmail(ada.email)).toMatchObject([
        { providerCustomerId, customerId: ada.customerId, email: ada.email, deleted: false },
      ]);
      expect(await customers.findByEmail(ada.email.slice(1))).toEqual([]);
    });
  });

  describe("a customer that was deleted at the provider", () => {
    it("is reported as deleted, and refused as missing by everything that concerns them", async ({
      skip,
    }) => {
      const { driver, provider, catalog } = world();
      const { customers, manage } = provider;
      if (driver.deleteCustomer === undefined) return skip("the driver can't delete");
      const { providerCustomerId, id } = await subscribe(world(), starterOffer);
      const open = await openCheckout(world(), starterOffer, { providerCustomerId });
      await driver.deleteCustomer(providerCustomerId);
      expect(await customers.read(providerCustomerId)).toMatchObject({ deleted: true });
      const returnUrl = "https://app.example.com/account";
      const flow = { type: "switch_plan", subscriptionId: id } as const;
      const { portal } = manage;
      for (const use of [
        () => openCheckout(world(), starterOffer, { providerCustomerId }),
        portal && (() => portal.open({ providerCustomerId, returnUrl }, catalog)),
        portal?.switches && (() => portal.open({ providerCustomerId, returnUrl, flow }, catalog)),
        customers.kind === "made_first" &&
          (() => customers.update({ providerCustomerId, email: "ada@example.com", name: null })),
      ]) {
        if (use) await expect(use()).rejects.toMatchObject({ code: "customer_missing" });
      }
      expect(await provider.checkout.read(open.id)).toMatchObject({ providerCustomerId: null });
    });
  });
}
