import { describe, expect, it } from "vitest";
import { starterOffer, subscribe, type World } from "./buyer.js";

const usd = (amount: number) => ({ amount, currency: "usd" });

export function describeMoney(world: () => World): void {
  const key = () => crypto.randomUUID();

  describe("credit", () => {
    it("is added once for a reference, and listed, if it says that it can", async ({ skip }) => {
      const { credit } = world().provider;
      if (credit === undefined) return skip("it claims no credit");
      const { providerCustomerId } = await subscribe(world(), starterOffer);
      expect(await credit.read({ providerCustomerId })).toEqual({ currency: "usd", balance: 0 });
      const given = { providerCustomerId, money: usd(500), description: "Sorry", reference: key() };
      const add = () => credit.add({ ...given, idempotencyKey: key() });
      const entry = await add();
      expect(entry).toMatchObject({ amount: 500, balance: 500, currency: "usd", description: "Sorry" });
      expect(await add()).toEqual(entry);
      expect(await credit.read({ providerCustomerId })).toEqual({ currency: "usd", balance: 500 });
      const page = { providerCustomerId, after: null, limit: 10 };
      expect(await credit.list(page)).toMatchObject({ items: [entry], next: null });
      const other = { ...given, money: usd(600), idempotencyKey: key() };
      await expect(credit.add(other)).rejects.toMatchObject({ code: "invalid_idempotency_key" });
      const euros = { ...given, money: { amount: 500, currency: "eur" }, reference: key() };
      const foreign = credit.add({ ...euros, idempotencyKey: key() });
      await expect(foreign).rejects.toMatchObject({ code: "currency_conflict" });
    });
  });

  describe("charges", () => {
    it("are made once for a reference, and leave nothing open when declined, if it says that it can", async ({
      skip,
    }) => {
      const { charges, invoices } = world().provider;
      const { driver } = world();
      if (charges === undefined) return skip("it claims no charges");
      const { providerCustomerId, id } = await subscribe(world(), starterOffer);
      const before = await driver.chargedTo?.(providerCustomerId);
      const given = { providerCustomerId, money: usd(4900), description: "Data import", reference: key() };
      const create = (more: object = {}) => charges.create({ ...given, ...more, idempotencyKey: key() });
      const made = await create();
      expect(made.payment).toEqual({ status: "paid" });
      expect(await create()).toEqual(made);
      expect((await driver.chargedTo?.(providerCustomerId)) ?? 4900).toBe((before ?? 0) + 4900);
      await expect(create({ money: usd(1) })).rejects.toMatchObject({ code: "invalid_idempotency_key" });
      if (driver.declinePayments === undefined) return;
      await driver.declinePayments(id);
      const declined = await create({ reference: key() });
      expect(declined.payment.status).toBe("declined");
      const { invoiceId } = declined;
      expect((await invoices?.read({ invoiceId, providerCustomerId }))?.status ?? "void").toBe("void");
    });
  });
}
