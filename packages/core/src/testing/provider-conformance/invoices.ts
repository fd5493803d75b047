import { describe, expect, it } from "vitest";
import type { Invoice } from "../../language/invoice.js";
import type { ProviderInvoices } from "../../ports/provider-invoices.js";
import { missing, starterOffer, subscribe, type World } from "./buyer.js";

export function describeInvoices(world: () => World): void {
  const claimed = (): ProviderInvoices | undefined => world().provider.invoices;
  const key = () => crypto.randomUUID();
  const sumOf = ({ lines, tax }: Invoice) => lines.reduce((sum, { amount }) => sum + amount, tax);

  describe("invoices", () => {
    it("lists a customer's own and reads them, if it says that it can", async ({ skip }) => {
      const invoices = claimed();
      if (invoices === undefined) return skip("it claims no invoices");
      const ours = await subscribe(world(), starterOffer);
      const other = await subscribe(world(), starterOffer);
      const { providerCustomerId } = ours;
      const page = { providerCustomerId, after: null, limit: 10 };
      const { items, next } = await invoices.list(page);
      expect(next).toBeNull();
      expect(items).toMatchObject([
        { status: "paid", currency: "usd", total: 900, due: 0, refunded: 0, subscriptionId: ours.id },
      ]);
      const [own] = items;
      if (own === undefined) throw new Error("It was listed a moment ago.");
      expect(sumOf(own)).toBe(own.total);
      const invoiceId = own.id;
      expect(await invoices.read({ invoiceId, providerCustomerId })).toEqual(own);
      const others = other.providerCustomerId;
      expect(await invoices.read({ invoiceId, providerCustomerId: others })).toBeNull();
      expect(await invoices.read({ invoiceId: missing(invoiceId), providerCustomerId })).toBeNull();
      const nobody = { ...page, providerCustomerId: missing(providerCustomerId) };
      expect(await invoices.list(nobody)).toMatchObject({ items: [], next: null });
    });

    it("pays an open one once, however often it is called, if it says that it can", async ({ skip }) => {
      const invoices = claimed();
      const { driver } = world();
      if (invoices?.pay === undefined || driver.makeInvoice === undefined) return skip("it claims not to");
      const { providerCustomerId, id } = await subscribe(world(), starterOffer);
      const { invoiceId } = await driver.makeInvoice(providerCustomerId, 1200);
      const before = await driver.chargedTo?.(providerCustomerId);
      await driver.declinePayments?.(id);
      const pay = () => invoices.pay?.({ invoiceId, providerCustomerId, idempotencyKey: key() });
      expect(await pay()).toEqual({ status: "paid" });
      expect(await Promise.all([pay(), pay()])).toEqual([{ status: "paid" }, { status: "paid" }]);
      const after = await driver.chargedTo?.(providerCustomerId);
      expect((after ?? 1200) - (before ?? 0)).toBe(1200);
      expect(await invoices.read({ invoiceId, providerCustomerId })).toMatchObject({
        status: "paid",
        due: 0,
      });
    });

    it("foresees the next one, if it says that it can", async ({ skip }) => {
      const invoices = claimed();
      if (invoices?.upcoming === undefined) return skip("it claims not to");
      const ours = await subscribe(world(), starterOffer);
      expect(await invoices.upcoming(ours)).toMatchObject({
        at: ours.currentPeriod?.end,
        total: 900,
        due: 900,
      });
      await world().driver.cancelAtPeriodEnd(ours.id);
      expect(await invoices.upcoming(ours)).toBeNull();
    });
  });
}
