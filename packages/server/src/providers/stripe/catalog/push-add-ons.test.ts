import { type BillingProvider, type Catalog, definePlans } from "@tollgate/core";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushedOf } from "../../../../test/with-parts.js";
import { stripe } from "../index.js";

const plans = { pro: { name: "Pro", prices: { month: { usd: 2900 } }, includes: {} } } as const;
const storage = { name: "Storage", description: "10 GB", prices: { month: { usd: 500, jpy: 70 } } } as const;
const without = definePlans({ features: {}, plans });
const withAddOns = (addOns: NonNullable<Catalog["addOns"]>): Catalog => ({ ...without, addOns });
const catalog = withAddOns({ storage: { ...storage, includes: {} } });
const database = "db_1";

let sandbox: Sandbox;
let provider: BillingProvider;
let dashboard: Stripe;
beforeAll(async () => {
  sandbox = await startSandbox();
  const { secretKey, webhookSecret, url } = sandbox;
  provider = stripe({ secretKey, webhookSecret, apiBase: url });
  const { hostname, port } = new URL(url);
  dashboard = new Stripe(secretKey, { host: hostname, port, protocol: "http" });
});
afterAll(() => sandbox.close());

const changed = (all: Awaited<ReturnType<ReturnType<typeof pushedOf>["push"]>>) =>
  all.filter(({ action }) => action !== "unchanged");
const compare = async (next: Catalog) => changed(await pushedOf(provider).compare(next, { database }));
const push = async (next: Catalog) => changed(await pushedOf(provider).push(next, { database }));
const readPrice = async (key: string) =>
  (await dashboard.prices.list({ lookup_keys: [key], active: true })).data[0];

describe("the add-ons of a catalog", () => {
  it("become products and prices of their own, which no plan's portal offers", async () => {
    const expected = await compare(catalog);
    const made = (await push(catalog)).filter(({ catalogId }) => catalogId === "storage");
    expect(made).toMatchObject([
      { action: "created", kind: "product", providerId: "tollgate_addon_storage" },
      {
        action: "created",
        kind: "price",
        interval: "month",
        currency: "usd",
        amounts: { was: null, is: 500 },
      },
      {
        action: "created",
        kind: "price",
        interval: "month",
        currency: "jpy",
        amounts: { was: null, is: 70 },
      },
    ]);
    expect(expected.filter(({ catalogId }) => catalogId === "storage")).toHaveLength(made.length);
    expect(await readPrice("tollgate:addon:storage:month:usd")).toMatchObject({
      unit_amount: 500,
      recurring: { interval: "month", usage_type: "licensed" },
      metadata: { tollgate_addon: "storage", tollgate_interval: "month" },
    });
    expect(await dashboard.products.retrieve("tollgate_addon_storage")).toMatchObject({
      name: "Storage",
      description: "10 GB",
      metadata: { tollgate_addon: "storage", tollgate_database: database },
    });
    const portals = await dashboard.billingPortal.configurations.list({ expand: ["data.features"] });
    expect(JSON.stringify(portals)).not.toContain("tollgate_addon");
    expect(await push(catalog)).toEqual([]);
  });

  it("get another price where the amount changed, and the old one still says what it was for", async () => {
    const before = await readPrice("tollgate:addon:storage:month:usd");
    const next = withAddOns({
      storage: { ...storage, prices: { month: { usd: 700, jpy: 70 } }, includes: {} },
    });
    expect(await push(next)).toMatchObject([
      { action: "replaced", catalogId: "storage", amounts: { was: 500, is: 700 } },
    ]);
    expect(await dashboard.prices.retrieve(before?.id ?? "")).toMatchObject({
      active: false,
      lookup_key: null,
      metadata: { tollgate_addon: "storage" },
    });
  });

  it.each<[string, Catalog]>([
    ["retired", withAddOns({ storage: { ...storage, includes: {}, retired: true } })],
    ["left out", without],
  ])("go off sale when they are %s, and come back", async (_, next) => {
    await push(catalog);
    const gone = [
      { action: "archived", kind: "price", catalogId: "storage", interval: "month" },
      { action: "archived", kind: "price", catalogId: "storage", interval: "month" },
      { action: "archived", kind: "product", catalogId: "storage" },
    ];
    expect(await compare(next)).toMatchObject(gone);
    expect(await push(next)).toMatchObject(gone);
    expect(await readPrice("tollgate:addon:storage:month:usd")).toBeUndefined();
    expect((await push(catalog)).map(({ action }) => action)).toEqual(["updated", "updated", "updated"]);
  });
});
