import { describe, expect, it } from "vitest";
import type { ProviderPaymentMethods } from "../../ports/provider-payment-methods.js";
import { database, missing, newCustomer, starterOffer, subscribe, type World } from "./buyer.js";

export function describePaymentMethods(world: () => World): void {
  const claimed = (): ProviderPaymentMethods | undefined => world().provider.paymentMethods;

  describe("payment methods", () => {
    it("lists what pays, makes another one the default and removes the first, if it says that it can", async ({
      skip,
    }) => {
      const methods = claimed();
      const { driver } = world();
      if (methods === undefined || driver.addCard === undefined) return skip("it claims none");
      const { providerCustomerId, id } = await subscribe(world(), starterOffer);
      const list = () => methods.list({ providerCustomerId });
      const [first] = await list();
      expect(await list()).toMatchObject([{ isDefault: true, renews: [id] }]);
      const { clientSecret } = await methods.add({ providerCustomerId });
      expect(clientSecret).not.toBe("");
      const { paymentMethodId } = await driver.addCard(providerCustomerId);
      expect(await list()).toMatchObject([
        { id: paymentMethodId, isDefault: false, renews: [] },
        { id: first?.id, isDefault: true },
      ]);
      for (const _ of ["once", "again"]) await methods.setDefault({ providerCustomerId, paymentMethodId });
      expect(await list()).toMatchObject([{ id: paymentMethodId, isDefault: true, renews: [id] }, {}]);
      const back = { id: paymentMethodId, successor: first?.id ?? "" };
      await methods.remove({ providerCustomerId, removal: back });
      expect(await list()).toMatchObject([{ id: first?.id, isDefault: true, renews: [id] }]);
    });

    it("saves one in a checkout that buys nothing, and says what was saved, if it has any", async ({
      skip,
    }) => {
      const { provider, driver } = world();
      const openSaving = provider.paymentMethods?.openCheckout;
      if (openSaving === undefined) return skip("it claims none");
      const providerCustomerId = await newCustomer(world());
      const input = {
        ...{ customerId: "org_1", providerCustomerId, database, currency: "usd" },
        successUrl: "https://app.example.com/billing?checkout={CHECKOUT_ID}",
        cancelUrl: "https://app.example.com/billing",
        idempotencyKey: crypto.randomUUID(),
      } as const;
      const checkout = await openSaving(input);
      expect(checkout).toMatchObject({
        providerCustomerId,
        status: "open",
        subscriptionId: null,
        product: null,
      });
      expect(checkout.paymentMethodId ?? null).toBeNull();
      if (provider.checkout.idempotent) expect((await openSaving(input)).id).toBe(checkout.id);
      await driver.payCheckout(checkout.id);
      const { paymentMethodId = null, ...done } = (await provider.checkout.read(checkout.id)) ?? checkout;
      expect(done).toMatchObject({ status: "complete", payment: "not_required" });
      const list = await provider.paymentMethods?.list({ providerCustomerId });
      expect(list).toMatchObject([{ id: paymentMethodId, isDefault: false }]);
    });

    it("does not find what is somebody else's or missing, and writes nothing", async ({ skip }) => {
      const methods = claimed();
      if (methods === undefined) return skip("it claims none");
      const { providerCustomerId } = await subscribe(world(), starterOffer);
      const other = await subscribe(world(), starterOffer);
      const before = await methods.list({ providerCustomerId });
      const others = await methods.list({ providerCustomerId: other.providerCustomerId });
      const theirs = others[0]?.id ?? "";
      for (const paymentMethodId of [theirs, missing(theirs)]) {
        const wrong = { code: "not_found" };
        const removal = { id: paymentMethodId, successor: null };
        await expect(methods.setDefault({ providerCustomerId, paymentMethodId })).rejects.toMatchObject(
          wrong,
        );
        await expect(methods.remove({ providerCustomerId, removal })).rejects.toMatchObject(wrong);
      }
      expect(await methods.list({ providerCustomerId })).toEqual(before);
      expect(await methods.list({ providerCustomerId: other.providerCustomerId })).toEqual(others);
      expect(await methods.list({ providerCustomerId: missing(providerCustomerId) })).toEqual([]);
    });
  });
}
