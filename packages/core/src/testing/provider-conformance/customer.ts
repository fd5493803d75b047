import { describe, expect, it } from "vitest";
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

  describe("createCustomer", () => {
    it("makes one customer per key, even when asked twice at once", async () => {
      const { provider } = world();
      const ada = input();
      const both = await Promise.all([provider.createCustomer(ada), provider.createCustomer(ada)]);
      const again = await provider.createCustomer(ada);
      expect(new Set([...both, again].map((one) => one.providerCustomerId)).size).toBe(1);
    });

    it("makes one customer per key even if the email or name changed between two clicks", async () => {
      const { provider } = world();
      const ada = input();
      const first = await provider.createCustomer(ada);
      expect(await provider.createCustomer({ ...ada, email: "new@example.com", name: "Ada" })).toEqual(first);
    });

    it("makes another customer for another key, and needs no email or name", async () => {
      const { provider } = world();
      const ada = await provider.createCustomer(input());
      const bob = await provider.createCustomer({ ...input(), email: null });
      expect(bob.providerCustomerId).not.toBe(ada.providerCustomerId);
    });
  });

  describe("updateCustomer", () => {
    it("sets email and name, and leaves what is null", async () => {
      const { provider } = world();
      const ada = input();
      const { providerCustomerId } = await provider.createCustomer(ada);
      const email = "ada@example.com";
      for (const change of [
        { email, name: "Ada" },
        { email: null, name: "Ada L." },
      ]) {
        const { refused } = await provider.updateCustomer({ providerCustomerId, ...change });
        expect(refused).toEqual([]);
        expect(await provider.readCustomer(providerCustomerId)).toMatchObject({
          providerCustomerId,
          customerId: ada.customerId,
          stamp: { customerId: ada.customerId, app: null, database },
          email,
          deleted: false,
        });
      }
    });

    it("leaves out what it refuses, says so, and takes the rest", async () => {
      const { provider } = world();
      const { providerCustomerId } = await provider.createCustomer(input());
      const odd = { providerCustomerId, email: "no address" };
      expect(await provider.updateCustomer({ ...odd, name: "Ada" })).toEqual({ refused: ["email"] });
      expect(await provider.updateCustomer({ ...odd, name: null })).toEqual({ refused: ["email"] });
      expect(await provider.readCustomer(providerCustomerId)).toMatchObject({ email: null, deleted: false });
    });
  });

  describe("readCustomer", () => {
    it("is null for a customer that never existed", async () => {
      const { provider } = world();
      expect(await provider.readCustomer(missing(await newCustomer(world())))).toBeNull();
    });
  });

  describe("findCustomersByEmail", () => {
    it("finds those of exactly this address, and nobody else", async () => {
      const { provider } = world();
      const [ada, bob] = [input(), input()];
      const { providerCustomerId } = await provider.createCustomer(ada);
      await provider.updateCustomer({ providerCustomerId, email: ada.email, name: null });
      const other = await provider.createCustomer(bob);
      await provider.updateCustomer({ ...other, email: bob.email, name: null });
      expect(await provider.findCustomersByEmail(ada.email)).toMatchObject([
        { providerCustomerId, customerId: ada.customerId, email: ada.email, deleted: false },
      ]);
      expect(await provider.findCustomersByEmail(ada.email.slice(1))).toEqual([]);
    });
  });

  describe("a customer that was deleted at the provider", () => {
    it("is reported as deleted, and refused as missing by everything that concerns them", async ({
      skip,
    }) => {
      const { driver, provider, catalog } = world();
      if (driver.deleteCustomer === undefined) return skip("the driver can't delete");
      const { providerCustomerId, id } = await subscribe(world(), starterOffer);
      const open = await openCheckout(world(), starterOffer, { providerCustomerId });
      await driver.deleteCustomer(providerCustomerId);
      expect(await provider.readCustomer(providerCustomerId)).toMatchObject({ deleted: true });
      const returnUrl = "https://app.example.com/account";
      const flow = { type: "switch_plan", subscriptionId: id } as const;
      for (const use of [
        () => openCheckout(world(), starterOffer, { providerCustomerId }),
        () => provider.createPortal({ providerCustomerId, returnUrl }, catalog),
        () => provider.createPortal({ providerCustomerId, returnUrl, flow }, catalog),
        () => provider.updateCustomer({ providerCustomerId, email: "ada@example.com", name: null }),
      ]) {
        await expect(use()).rejects.toMatchObject({ code: "customer_missing" });
      }
      expect(await provider.readCheckout(open.id)).toMatchObject({ providerCustomerId: null });
    });
  });
}
