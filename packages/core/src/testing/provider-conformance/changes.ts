import { describe, expect, it } from "vitest";
import type { ChangeTarget } from "../../change/change.js";
import type { ProviderSubscription } from "../../language/subscription.js";
import type { ProviderChange, ProviderChanges } from "../../ports/provider-changes.js";
import { database, readOurs, starterOffer, subscribe, timeOf, type World } from "./buyer.js";

export function describeChanges(world: () => World): void {
  const pro = { ...starterOffer, planId: "pro" };
  const claims = (at: ProviderChange["at"]): ProviderChanges | null => {
    const { changes } = world().provider.manage;
    return changes?.times.includes(at) ? changes : null;
  };
  const toChange = (
    ours: ProviderSubscription,
    at: ProviderChange["at"],
    to: Partial<ChangeTarget>,
  ): ProviderChange => {
    const { planId, group, interval, currency, quantity } = ours;
    return {
      subscription: ours,
      itemId: ours.items[0]?.id ?? "",
      at,
      prorate: true,
      prorateFrom: new Date(Math.floor(timeOf(world()).getTime() / 1000) * 1000).toISOString(),
      database,
      to: { planId, group, interval, currency, quantity, priceId: null, ...to },
    };
  };
  const keyed = (change: ProviderChange, idempotencyKey = crypto.randomUUID()) => ({
    ...change,
    idempotencyKey,
  });
  const charged = (ours: ProviderSubscription) => world().driver.chargedTo?.(ours.providerCustomerId);

  describe("a change that is paid for now", () => {
    it("charges what was previewed, once, however often it is called, if it says that it can", async ({
      skip,
    }) => {
      const changes = claims("now");
      if (changes === null) return skip("it claims no changes that happen now");
      const ours = await subscribe(world(), starterOffer);
      const before = await charged(ours);
      const change = toChange(ours, "now", { planId: "pro" });
      const { cost } = await changes.preview(change, world().catalog);
      expect(cost).toMatchObject({ currency: "usd", credit: 0 });
      expect(cost.lines.reduce((sum, { amount }) => sum + amount, cost.tax)).toBe(cost.total);
      expect(cost.dueNow).toBe(cost.total);
      expect(cost.dueNow).toBeGreaterThan(0);
      expect(await readOurs(world(), ours), "a preview changes nothing").toEqual(ours);
      const key = crypto.randomUUID();
      expect(await changes.changeNow(keyed(change, key), world().catalog)).toEqual({ status: "changed" });
      expect(await changes.changeNow(keyed(change, key), world().catalog)).toEqual({ status: "changed" });
      expect(await changes.changeNow(keyed(change), world().catalog)).toEqual({ status: "changed" });
      expect(await readOurs(world(), ours)).toMatchObject({ planId: "pro", status: "active", quantity: 1 });
      const after = await charged(ours);
      expect(after).toBeOneOf([undefined, (before ?? 0) + cost.dueNow]);
    });

    it("is not made for a state that the subscription has left", async ({ skip }) => {
      const changes = claims("now");
      if (changes === null) return skip("it claims no changes that happen now");
      const ours = await subscribe(world(), starterOffer);
      const toPro = toChange(ours, "now", { planId: "pro" });
      const toTeam = toChange(ours, "now", { planId: "team", quantity: 5 });
      const { state } = await changes.preview(toPro, world().catalog);
      expect((await changes.preview(toTeam, world().catalog)).state).toBe(state);
      await changes.changeNow({ ...keyed(toPro), state }, world().catalog);
      const late = changes.changeNow({ ...keyed(toTeam), state }, world().catalog);
      await expect(late).rejects.toMatchObject({ code: "preview_outdated" });
      expect(await readOurs(world(), ours)).toMatchObject({ planId: "pro" });
    });

    it("is refused to whoever has left", async ({ skip }) => {
      const changes = claims("now");
      if (changes === null) return skip("it claims no changes that happen now");
      const ours = await subscribe(world(), starterOffer);
      const change = toChange(ours, "now", { planId: "pro" });
      await world().driver.endNow(ours.id);
      const refused = { code: "subscription_ended" };
      await expect(changes.preview(change, world().catalog)).rejects.toMatchObject(refused);
      await expect(changes.changeNow(keyed(change), world().catalog)).rejects.toMatchObject(refused);
    });

    it("leaves the old plan when the payment is declined", async ({ skip }) => {
      const changes = claims("now");
      const { driver } = world();
      if (changes === null || driver.declinePayments === undefined) return skip("it can't be declined");
      const ours = await subscribe(world(), starterOffer);
      await driver.declinePayments(ours.id);
      const before = await charged(ours);
      const change = toChange(ours, "now", { planId: "pro" });
      expect(await changes.changeNow(keyed(change), world().catalog)).toMatchObject({ status: "declined" });
      expect(await readOurs(world(), ours)).toMatchObject({ planId: "starter", status: "active" });
      expect(await charged(ours)).toBe(before);
    });

    it("gives back what is not used as credit", async ({ skip }) => {
      const changes = claims("now");
      if (changes === null) return skip("it claims no changes that happen now");
      const ours = await subscribe(world(), pro);
      const change = toChange(ours, "now", { planId: "starter" });
      const { cost } = await changes.preview(change, world().catalog);
      expect(cost.dueNow).toBe(0);
      expect(cost.credit).toBe(-cost.total);
      expect(cost.credit).toBeGreaterThan(0);
      expect(cost.nextInvoice).toMatchObject({ total: 900 });
      await changes.changeNow(keyed(change), world().catalog);
      expect(await readOurs(world(), ours)).toMatchObject({ planId: "starter" });
    });
  });

  describe("a change for the period's end", () => {
    it("waits, is replaced by the next one and undone by one call, if it says that it can", async ({
      skip,
    }) => {
      const changes = claims("period_end");
      if (changes === null) return skip("it claims no changes at the period's end");
      const ours = await subscribe(world(), pro);
      const at = ours.currentPeriod?.end;
      const starter = toChange(ours, "period_end", { planId: "starter" });
      const { cost } = await changes.preview(starter, world().catalog);
      expect(cost).toMatchObject({
        dueNow: 0,
        total: 0,
        lines: [],
        nextInvoice: { at, total: 900, due: 900 },
      });
      await changes.schedule(keyed(starter), world().catalog);
      await changes.schedule(keyed(starter), world().catalog);
      const waiting = { planId: "starter", interval: "month", quantity: 1, at };
      expect(await readOurs(world(), ours)).toMatchObject({ planId: "pro", pendingChange: waiting });
      await changes.schedule(
        keyed(toChange(ours, "period_end", { planId: "team", quantity: 2 })),
        world().catalog,
      );
      expect(await readOurs(world(), ours)).toMatchObject({ pendingChange: { planId: "team", quantity: 2 } });
      await changes.undo({ subscription: ours, idempotencyKey: crypto.randomUUID() });
      await changes.undo({ subscription: ours, idempotencyKey: crypto.randomUUID() });
      expect(await readOurs(world(), ours)).toEqual(ours);
    });

    it("is withdrawn by one that happens now", async ({ skip }) => {
      const changes = claims("period_end");
      if (changes === null || claims("now") === null) return skip("it claims only one of both");
      const ours = await subscribe(world(), pro);
      await changes.schedule(keyed(toChange(ours, "period_end", { planId: "starter" })), world().catalog);
      const now = toChange(ours, "now", { planId: "team", quantity: 3 });
      const { cost } = await changes.preview(now, world().catalog);
      expect(cost).toMatchObject({ nextInvoice: { total: 4500 } });
      await changes.changeNow(keyed(now), world().catalog);
      expect(await readOurs(world(), ours)).toMatchObject({
        planId: "team",
        quantity: 3,
        pendingChange: null,
      });
    });
  });
}
