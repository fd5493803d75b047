import { describe, expect, it } from "vitest";
import { missing, newCustomer, readOurs, starterOffer, subscribe, timeOf, type World } from "./buyer.js";

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const oneDay = 86_400_000;

export function describeSubscription(world: () => World): void {
  describe("read", () => {
    it("reports the whole subscription in neutral words", async () => {
      const { provider } = world();
      const subscription = await subscribe(world(), starterOffer);
      const item = { planId: "starter", quantity: 1, unitAmount: 900, currentPeriod: { start: isoTime } };
      expect(subscription).toMatchObject({
        provider: provider.id,
        planId: "starter",
        group: "main",
        interval: "month",
        currency: "usd",
        status: "active",
        quantity: 1,
        items: [item],
        currentPeriod: { start: isoTime, end: isoTime },
        startedAt: isoTime,
        cancelAt: null,
        endedAt: null,
        trialEndsAt: null,
        pause: null,
        pendingChange: null,
      });
      expect(daysBetween(subscription.currentPeriod?.start, subscription.currentPeriod?.end)).toBeOneOf([
        28, 29, 30, 31,
      ]);
      const age = timeOf(world()).getTime() - Date.parse(subscription.startedAt);
      expect(Math.abs(age)).toBeLessThan(oneDay);
    });

    it("reports another interval, currency and group", async () => {
      const yearly = { ...starterOffer, planId: "pro", interval: "year", currency: "eur" } as const;
      const pro = await subscribe(world(), yearly);
      expect(pro).toMatchObject({ planId: "pro", interval: "year", currency: "eur" });
      expect(pro.items).toMatchObject([{ unitAmount: 27_000 }]);
      expect(daysBetween(pro.currentPeriod?.start, pro.currentPeriod?.end)).toBeOneOf([365, 366]);
      const care = await subscribe(world(), { ...starterOffer, planId: "care", group: "support" });
      expect(care).toMatchObject({ planId: "care", group: "support" });
    });

    it("reports the seats, and the price of one", async () => {
      const team = await subscribe(world(), { ...starterOffer, planId: "team", quantity: 7 });
      expect(team).toMatchObject({ quantity: 7, items: [{ quantity: 7, unitAmount: 1500 }] });
    });

    it("reports a trial and when it ends", async ({ skip }) => {
      if (world().provider.checkout.trials === "none") return skip("it claims no trials");
      const pro = await subscribe(world(), { ...starterOffer, planId: "pro", trialDays: 14 });
      expect(pro).toMatchObject({ status: "trialing", trialEndsAt: isoTime });
      expect(daysBetween(pro.startedAt, pro.trialEndsAt ?? undefined)).toBe(14);
    });

    it("reports a cancellation that is scheduled, then undone, and an end that is final", async () => {
      const { driver } = world();
      const ours = await subscribe(world(), starterOffer);
      const { id, currentPeriod } = ours;
      await driver.cancelAtPeriodEnd(id);
      expect(await readOurs(world(), ours)).toMatchObject({ status: "active", cancelAt: currentPeriod?.end });
      await driver.undoCancel(id);
      expect(await readOurs(world(), ours)).toMatchObject({ status: "active", cancelAt: null });
      await driver.endNow(id);
      expect(await readOurs(world(), ours)).toMatchObject({ status: "ended", endedAt: isoTime });
    });

    it("is null for a subscription that does not exist", async () => {
      const { id } = await subscribe(world(), starterOffer);
      expect(
        (await world().provider.subscriptions.read({ id: missing(id), providerCustomerId: null })).value,
      ).toBeNull();
    });

    it('is "foreign" for a subscription to something that is not in the catalog', async ({ skip }) => {
      const { driver, provider } = world();
      if (driver.subscribeToSomethingElse === undefined) return skip("the driver can't subscribe elsewhere");
      const { subscriptionId } = await driver.subscribeToSomethingElse(await newCustomer(world()));
      expect(
        (await provider.subscriptions.read({ id: subscriptionId, providerCustomerId: null })).value,
      ).toBe("foreign");
    });
  });

  describe("the portal", () => {
    const returnUrl = "https://app.example.com/account";

    it("opens the provider's pages for a customer", async ({ skip }) => {
      const { portal } = world().provider.manage;
      if (portal === null) return skip("it claims no portal");
      const { providerCustomerId } = await subscribe(world(), starterOffer);
      const { url } = await portal.open({ providerCustomerId, returnUrl }, world().catalog);
      expect(url).toMatch(/^https?:\/\//);
    });

    it.for(["cancel", "switch_plan", "update_payment_method"] as const)(
      "opens with %s, if it says that it can",
      async (type, { skip }) => {
        const { portal } = world().provider.manage;
        if (portal === null) return skip("it claims no portal");
        const { cancels, switches, updatesPaymentMethod } = portal;
        const can = {
          cancel: cancels,
          switch_plan: switches !== null,
          update_payment_method: updatesPaymentMethod,
        };
        const { id: subscriptionId, providerCustomerId } = await subscribe(world(), starterOffer);
        const flow = type === "update_payment_method" ? { type } : { type, subscriptionId };
        const open = portal.open({ providerCustomerId, returnUrl, flow }, world().catalog);
        if (!can[type]) return expect(open).rejects.toMatchObject({ code: "not_supported" });
        expect((await open).url).toMatch(/^https?:\/\//);
      },
    );
  });
}

/** Whole days, rounded: a daylight-saving hour or a second of delay does not count. */
function daysBetween(start: string | undefined, end: string | undefined): number {
  return Math.round((Date.parse(end ?? "") - Date.parse(start ?? "")) / oneDay);
}
