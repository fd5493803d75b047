import { describe, expect, it } from "vitest";
import type { PlanDefinition } from "../../catalog/catalog.js";
import { introOf } from "../../catalog/intro.js";
import { pricesOf } from "../../catalog/prices.js";
import { plainModels, type SoldModel } from "../../catalog/sold-models.js";
import { introCost } from "../../language/intro-terms.js";
import { costOf } from "../../language/price-rate.js";
import { database, newCustomer, openCheckout, starterOffer, type World } from "./buyer.js";

const tiers = [
  { upTo: 3, perUnit: { usd: 900 } },
  { upTo: "unlimited", perUnit: { usd: 700 } },
] as const;

const prices = {
  flat: { usd: 900 },
  per_seat: { perSeat: { usd: 900 } },
  base: { perSeat: { usd: 900 }, base: { usd: 2_000 }, included: 2 },
  graduated: { tiers, mode: "graduated" },
  volume: { tiers, mode: "volume" },
  package: { perPackage: { usd: 900 }, size: 3 },
  usage: { usd: 900 },
  intro: { usd: 900 },
  paid_trial: { usd: 900 },
} as const satisfies Record<SoldModel, NonNullable<PlanDefinition["prices"]>["month"]>;

/** What a provider says that it can bill, it bills as the catalog shows it. */
export function describeModels(world: () => World): void {
  it("takes reports of use, where the provider claims to bill it", ({ skip }) => {
    const { usage, checkout } = world().provider;
    if (checkout.models?.includes("usage") !== true) return skip("it does not claim it");
    expect(usage?.report).toBeTypeOf("function");
  });

  describe.each(Object.keys(prices) as SoldModel[])("a plan that is priced by %s", (model) => {
    it("costs what the catalog shows, where the provider claims to bill that", async ({ skip }) => {
      const { provider, driver, catalog } = world();
      const { checkout, catalog: at } = provider;
      const models: readonly SoldModel[] = checkout.models ?? plainModels;
      if (!models.includes(model)) return skip("it does not claim it");
      if (at.kind !== "pushed") return skip("its prices are made by hand");
      const plan: PlanDefinition = {
        ...{ name: "Model", prices: { month: prices[model] }, includes: {} },
        ...(model === "intro" && { intro: { month: { percentOff: 33, payments: 2 } } }),
        ...(model === "paid_trial" && { trialDays: 7, trialPrice: { usd: 100 } }),
        ...(model === "usage" && { usage: { messages: { perUnit: { usd: 2 } } } }),
      };
      const wanted = { ...catalog, plans: { ...catalog.plans, model: plan } };
      await at.push(wanted, { database });
      const [price] = pricesOf("model", plan);
      if (price === undefined) throw new Error("The plan has no price.");
      const quantity = price.maximumQuantity === 1 ? 1 : 5;
      const buyer = provider.customers.kind === "made_by_checkout" ? {} : await known(world());
      const intro = introOf(plan, "month", "usd");
      const trial = model === "paid_trial" && { trialDays: 7, trialPrice: 100 };
      const offer = { ...starterOffer, planId: "model", quantity, ...(intro && { intro }), ...trial };
      const { id } = await openCheckout({ ...world(), catalog: wanted }, offer, buyer);
      await driver.payCheckout(id);
      const paid = await checkout.read(id);
      expect(paid).toMatchObject({ status: "complete", payment: "paid" });
      const charged = await driver.chargedTo?.(paid?.providerCustomerId ?? "");
      const regular = costOf(price, quantity);
      const due = trial ? 100 : intro === null ? regular : introCost(intro, regular);
      expect(charged).toBeOneOf([due, undefined]);
      await at.push(catalog, { database });
    });
  });
}

async function known(world: World): Promise<{ readonly providerCustomerId: string }> {
  return { providerCustomerId: await newCustomer(world) };
}
