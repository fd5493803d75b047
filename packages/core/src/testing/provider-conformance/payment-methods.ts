import { describe, expect, it } from "vitest";
import type { ProviderPaymentMethods } from "../../ports/provider-payment-methods.js";
import { missing, starterOffer, subscribe, type World } from "./buyer.js";

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
