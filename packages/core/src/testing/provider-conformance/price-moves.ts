import { describe, expect, it } from "vitest";
import type { ProviderSubscription } from "../../language/subscription.js";
import type { PriceMove, ProviderPriceMigrations } from "../../ports/provider-price-migrations.js";
import { database, readOurs, starterOffer, subscribe, type World } from "./buyer.js";

/** Subscriptions that get another price at their renewal. */
export function describePriceMoves(world: () => World): void {
  const moves = (): ProviderPriceMigrations | undefined => world().provider.manage.priceMigrations;
  const none = "it moves nobody to another price";
  const target = { planId: "pro", group: "main", interval: "month", currency: "usd", quantity: 1 } as const;

  /** What moves a subscription from starter's price to that of pro, at its next renewal. */
  async function toMove(ours: ProviderSubscription, to: string): Promise<PriceMove> {
    const [item] = ours.items;
    return {
      subscription: ours,
      ...{ fromPriceId: item?.priceId ?? "", toPriceId: to, to: target, database },
      renewsAt: item?.currentPeriod?.end ?? "",
    };
  }
  const keyed = (move: PriceMove) => ({ ...move, idempotencyKey: crypto.randomUUID() });

  describe("a price that somebody is to be moved to", () => {
    it("is listed with whoever pays it", async ({ skip }) => {
      const migrations = moves();
      if (migrations === undefined) return skip(none);
      const ours = await subscribe(world(), starterOffer);
      const priceId = ours.items[0]?.priceId ?? "";
      const { planId, group, interval, currency } = ours;
      const at = { planId, group, interval, currency, quantity: 1, database };
      expect(await migrations.findPrice(at, world().catalog)).toBe(priceId);
      const billed = await allBilled(migrations, priceId);
      const mine = billed.find(({ subscriptionId }) => subscriptionId === ours.id);
      expect(mine).toMatchObject({ quantity: 1, currency: "usd", isHeld: false });
      expect(mine?.total).toBeOneOf([null, ours.items[0]?.unitAmount]);
    });

    it("is billed from the renewal on, and not before, however often it is asked for", async ({ skip }) => {
      const migrations = moves();
      if (migrations === undefined) return skip(none);
      const { driver, catalog } = world();
      const ours = await subscribe(world(), starterOffer);
      const charged = () => driver.chargedTo?.(ours.providerCustomerId);
      const before = (await charged()) ?? 0;
      const to = await migrations.findPrice({ ...target, database }, catalog);
      const move = await toMove(ours, to);
      await migrations.move(keyed(move), catalog);
      await migrations.move(keyed(move), catalog);
      const { currentPeriod, status, quantity } = await readOurs(world(), ours);
      expect({ currentPeriod, status, quantity }).toEqual({
        ...{ currentPeriod: ours.currentPeriod, status: "active", quantity: 1 },
      });
      expect(await charged()).toBeOneOf([undefined, before]);
      if (driver.renew === undefined) return;
      await driver.renew(ours.id);
      const renewed = await readOurs(world(), ours);
      expect(renewed).toMatchObject({
        planId: "pro",
        status: "active",
        items: [{ priceId: to, quantity: 1 }],
      });
      const price = catalog.plans.pro?.prices?.month as { readonly usd: number };
      expect(await charged()).toBeOneOf([undefined, before + price.usd]);
    });

    it("is not given to who has changed, renews at another time, or has left", async ({ skip }) => {
      const migrations = moves();
      if (migrations === undefined) return skip(none);
      const { driver, catalog } = world();
      const ours = await subscribe(world(), starterOffer);
      const to = await migrations.findPrice({ ...target, database }, catalog);
      const move = await toMove(ours, to);
      const later = new Date(Date.parse(move.renewsAt) + 86_400_000).toISOString();
      for (const other of [{ renewsAt: later }, { fromPriceId: `${move.fromPriceId}x` }]) {
        const refused = migrations.move(keyed({ ...move, ...other }), catalog);
        await expect(refused, JSON.stringify(other)).rejects.toMatchObject({ code: "preview_outdated" });
      }
      await driver.endNow(ours.id);
      const late = migrations.move(keyed(move), catalog);
      await expect(late).rejects.toMatchObject({ code: "subscription_ended" });
    });
  });
}

async function allBilled(migrations: ProviderPriceMigrations, priceId: string) {
  const all = [];
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<ProviderPriceMigrations["listBilled"]>> = await migrations.listBilled({
      priceId,
      after,
    });
    all.push(...page.items);
    if (page.next === null) return all;
    after = page.next;
  }
}
