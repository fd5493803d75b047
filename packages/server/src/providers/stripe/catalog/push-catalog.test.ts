import type { BillingProvider, Catalog } from "@tollgate/core";
import { definePlans } from "@tollgate/core";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pushedOf } from "../../../../test/with-parts.js";
import { stripe } from "../index.js";

const plans = {
  basic: { name: "Basic", description: "For one", prices: { month: { usd: 900 } }, includes: {} },
  team: { name: "Team", prices: { month: { perSeat: { usd: 1500, eur: 1400 } } }, includes: {} },
  care: { name: "Care", group: "support", prices: { month: { usd: 500 } }, includes: {} },
} as const;
const products = { credits: { name: "Credits", price: { usd: 1000 } } };
const catalog = definePlans({ features: {}, plans, products });

const database = "db_1";

let sandbox: Sandbox;
let provider: BillingProvider;
let dashboard: Stripe;
beforeEach(async () => {
  sandbox = await startSandbox();
  const { secretKey, webhookSecret, url } = sandbox;
  provider = stripe({ secretKey, webhookSecret, apiBase: url });
  const { hostname, port } = new URL(url);
  dashboard = new Stripe(secretKey, { host: hostname, port, protocol: "http" });
});
afterEach(() => sandbox.close());

/** What a push did besides finding things as they should be. */
const push = async (next: Catalog) =>
  (await pushedOf(provider).push(next, { database })).filter(({ action }) => action !== "unchanged");
const withPlans = (changed: Catalog["plans"]) => definePlans({ features: {}, plans: changed, products });

describe("pushCatalog", () => {
  it("renames a product in place, and changes or unsets its description", async () => {
    await push(catalog);
    const { description: _, ...basic } = plans.basic;
    const changes = await push(withPlans({ ...plans, basic: { ...basic, name: "Solo" } }));
    expect(changes).toMatchObject([
      { action: "updated", kind: "product", catalogId: "basic", providerId: "tollgate_plan_basic" },
    ]);
    expect(changes[0]?.detail).toMatch(/"Basic".*"Solo"/);
    const product = await dashboard.products.retrieve("tollgate_plan_basic");
    expect(product).toMatchObject({ name: "Solo", description: null });
  });

  it("takes what left the catalog off sale, and puts it back on sale when it returns", async () => {
    await push(catalog);
    const { care, ...others } = plans;
    const gone = await push(withPlans(others));
    expect(gone).toMatchObject([
      { action: "archived", kind: "price", catalogId: "care", interval: "month", currency: "usd" },
      { action: "archived", kind: "product", catalogId: "care" },
    ]);
    const retired = await push(withPlans({ ...others, care: { ...care, retired: true } }));
    expect(retired).toEqual([]);
    const back = await push(catalog);
    expect(back).toMatchObject([
      { action: "updated", kind: "product", catalogId: "care" },
      { action: "updated", kind: "price", catalogId: "care" },
    ]);
    expect(back[1]?.providerId).toBe(gone[0]?.providerId);
  });

  it("takes one currency of a plan off sale", async () => {
    await push(catalog);
    const team = { ...plans.team, prices: { month: { perSeat: { usd: 1500 } } } };
    const changes = await push(withPlans({ ...plans, team }));
    expect(changes).toMatchObject([
      { action: "archived", kind: "price", catalogId: "team", currency: "eur" },
    ]);
  });

  it("finishes a replacement that was cut off before the old price was withdrawn", async () => {
    await push(catalog);
    const [old] = (await dashboard.prices.list({ lookup_keys: ["tollgate:plan:basic:month:usd"] })).data;
    const dearer = withPlans({ ...plans, basic: { ...plans.basic, prices: { month: { usd: 1900 } } } });
    await push(dearer);
    await dashboard.prices.update(old?.id ?? "", { active: true });
    expect(await push(dearer)).toMatchObject([
      { action: "archived", kind: "price", catalogId: "basic", providerId: old?.id },
    ]);
  });

  it("makes everything once when two push at the same time", async () => {
    await Promise.all([
      pushedOf(provider).push(catalog, { database }),
      pushedOf(provider).push(catalog, { database }),
    ]);
    const active = await dashboard.prices.list({ active: true, limit: 100 });
    expect(active.data).toHaveLength(5);
    expect((await dashboard.products.list({ limit: 100 })).data).toHaveLength(4);
    expect(await push(catalog)).toEqual([]);
  });

  it("counts as Stripe does, and reports it in ISO 4217's minor units", async () => {
    const inKrona = (isk: number) => withPlans({ basic: { ...plans.basic, prices: { month: { isk } } } });
    await push(inKrona(5));
    const [price] = (await dashboard.prices.list({ lookup_keys: ["tollgate:plan:basic:month:isk"] })).data;
    expect(price).toMatchObject({ currency: "isk", unit_amount: 500 });
    expect(await push(inKrona(5))).toEqual([]);
    const replaced = (await push(inKrona(6))).find(({ action }) => action === "replaced");
    expect(replaced).toMatchObject({ catalogId: "basic", detail: "amount was 5, is 6" });
  });

  it("refuses what Stripe can't charge, before anything is sent", async () => {
    const odd = withPlans({ ...plans, basic: { ...plans.basic, prices: { month: { kwd: 5124 } } } });
    await expect(pushedOf(provider).push(odd, { database })).rejects.toMatchObject({
      code: "invalid_catalog",
      details: { price: "tollgate:plan:basic:month:kwd", amount: 5124, currency: "kwd", step: 10 },
    });
    expect((await dashboard.products.list()).data).toEqual([]);
  });

  it("leaves the account's other products alone", async () => {
    const product = await dashboard.products.create({ name: "Other" });
    const recurring = { interval: "month" } as const;
    const price = await dashboard.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount: 1,
      recurring,
    });
    await push(catalog);
    await push(withPlans({ basic: plans.basic }));
    expect(await dashboard.prices.retrieve(price.id)).toMatchObject({ active: true });
    expect(await dashboard.products.retrieve(product.id)).toMatchObject({ active: true });
  });

  it("makes a portal for each group, currency and way of selling, and new ones only where something changed", async () => {
    await push(catalog);
    const portals = async () => (await dashboard.billingPortal.configurations.list({ limit: 100 })).data;
    const first = await portals();
    expect(first.map(({ metadata }) => metadata?.tollgate_portal).sort()).toEqual([
      "general",
      "main:eur:per_seat",
      "main:usd:flat",
      "main:usd:per_seat",
      "support:usd:flat",
    ]);
    const offered = (name: string) =>
      first
        .find(({ metadata }) => metadata?.tollgate_portal === name)
        ?.features.subscription_update.products?.map(({ product }) => product);
    expect(offered("main:usd:flat")).toEqual(["tollgate_plan_basic"]);
    expect(offered("main:usd:per_seat")).toEqual(["tollgate_plan_team"]);
    await push(catalog);
    expect(await portals()).toHaveLength(5);
    await push(withPlans({ ...plans, care: { ...plans.care, prices: { month: { usd: 600 } } } }));
    expect(await portals()).toHaveLength(6);
  });

  it("moves the default price that somebody set in the dashboard before it withdraws it", async () => {
    await push(catalog);
    const [old] = (await dashboard.prices.list({ lookup_keys: ["tollgate:plan:basic:month:usd"] })).data;
    await dashboard.products.update("tollgate_plan_basic", { default_price: old?.id ?? "" });
    await expect(dashboard.prices.update(old?.id ?? "", { active: false })).rejects.toThrow(
      "This price cannot be archived because it is the default price of its product.",
    );
    const dearer = withPlans({ ...plans, basic: { ...plans.basic, prices: { month: { usd: 1900 } } } });
    expect(await push(dearer)).toMatchObject([{ action: "replaced", catalogId: "basic" }]);
    expect(await dashboard.prices.retrieve(old?.id ?? "")).toMatchObject({ active: false });
    const [now] = (await dashboard.prices.list({ lookup_keys: ["tollgate:plan:basic:month:usd"] })).data;
    expect(await dashboard.products.retrieve("tollgate_plan_basic")).toMatchObject({
      default_price: now?.id,
    });
    expect(await push(dearer)).toEqual([]);
  });

  it("takes a plan with a default price off sale, and everything else with it", async () => {
    await push(catalog);
    const [price] = (await dashboard.prices.list({ product: "tollgate_plan_care" })).data;
    await dashboard.products.update("tollgate_plan_care", { default_price: price?.id ?? "" });
    const { care: _, ...others } = plans;
    const gone = await push(withPlans({ ...others, basic: { ...plans.basic, name: "Solo" } }));
    expect(gone).toMatchObject([
      { action: "updated", kind: "product", catalogId: "basic" },
      { action: "archived", kind: "product", catalogId: "care" },
    ]);
    expect(await dashboard.products.retrieve("tollgate_plan_care")).toMatchObject({ active: false });
    expect(await push(withPlans({ ...others, basic: { ...plans.basic, name: "Solo" } }))).toEqual([]);
    expect(await push(catalog)).toMatchObject([
      { action: "updated", catalogId: "basic" },
      { action: "updated", kind: "product", catalogId: "care" },
    ]);
  });

  it("pushes the rest when one price is refused, says which and why, and completes the next time", async () => {
    // Stripe doesn't accept Cuban pesos.
    const basic = { ...plans.basic, prices: { month: { usd: 900, cup: 900 } } };
    const first = await push(withPlans({ ...plans, basic }));
    expect(first.filter(({ action }) => action === "failed")).toMatchObject([
      { kind: "price", catalogId: "basic", interval: "month", currency: "cup", providerId: null },
    ]);
    expect(first.find(({ action }) => action === "failed")?.detail).toMatch(/^Invalid currency: cup/);
    expect(first.filter(({ action }) => action === "created")).toHaveLength(9);
    const portals = (await dashboard.billingPortal.configurations.list({ limit: 100 })).data;
    expect(portals.map(({ metadata }) => metadata?.tollgate_portal)).toContain("main:usd:flat");
    expect(await push(withPlans({ ...plans, basic }))).toMatchObject([{ action: "failed", currency: "cup" }]);
    expect(await push(catalog)).toEqual([]);
  });

  it("leaves a price on sale when its successor is refused", async () => {
    await push(catalog);
    const lookup_keys = ["tollgate:plan:basic:month:usd"];
    const before = (await dashboard.prices.list({ lookup_keys })).data[0];
    // Stripe accepts eight digits.
    const basic = { ...plans.basic, prices: { month: { usd: 100_000_000 } } };
    const changes = await push(withPlans({ ...plans, basic }));
    expect(changes).toMatchObject([{ action: "failed", kind: "price", catalogId: "basic" }]);
    const after = (await dashboard.prices.list({ lookup_keys })).data[0];
    expect(after).toMatchObject({ id: before?.id, active: true, unit_amount: 900 });
  });

  it("replaces a price under our key that would charge something other than the catalog says", async () => {
    await push(catalog);
    const byHand = await dashboard.prices.create({
      product: "tollgate_plan_basic",
      currency: "usd",
      unit_amount: 900,
      lookup_key: "tollgate:plan:basic:month:usd",
      transfer_lookup_key: true,
      recurring: { interval: "month", interval_count: 3 },
    });
    const changes = await push(catalog);
    expect(changes).toContainEqual(
      expect.objectContaining({
        action: "replaced",
        detail: "interval is 3 months at Stripe and month in the catalog",
      }),
    );
    expect(await dashboard.prices.retrieve(byHand.id)).toMatchObject({ active: false, lookup_key: null });
    expect(await push(catalog)).toEqual([]);
  });
});
