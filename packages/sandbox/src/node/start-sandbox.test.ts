import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../test/connect.js";
import type { SeedData } from "./apply-seed.js";
import { startSandbox } from "./start-sandbox.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-"));
});
afterEach(() => rm(folder, { recursive: true }));

const quiet = { log: () => undefined };

describe("a data folder", () => {
  it("keeps objects, clock, idempotency keys, accounts and pending deliveries from one start to the next", async () => {
    const options = {
      ...quiet,
      data: folder,
      accounts: ["acct_1Shop"],
      webhooks: [{ url: "http://127.0.0.1:9/" }],
    };
    const one = await connect(options);
    const key = { idempotencyKey: "once" };
    const customer = await one.stripe.customers.create({ name: "Ada" }, key);
    await one.stripe.customers.create({ name: "Bob" }, { stripeAccount: "acct_1Shop" });
    const later = new Date(one.sandbox.now().getTime() + 40 * 86_400_000);
    one.sandbox.advance(later);
    await one.sandbox.settled();
    await one.sandbox.close();
    expect(await readdir(folder)).toEqual(["sandbox.json"]);

    let two = await connect(options);
    expect(two.sandbox.now().getTime()).toBeGreaterThanOrEqual(later.getTime());
    // The key has expired by now, so the same call makes another customer.
    expect((await two.stripe.customers.create({ name: "Ada" }, key)).id).not.toBe(customer.id);
    const again = { idempotencyKey: "again" };
    const [made, replayed] = [
      await two.stripe.customers.create({}, again),
      await two.sandbox.close().then(async () => {
        two = await connect(options);
        return two.stripe.customers.create({}, again);
      }),
    ];
    expect(replayed.id).toBe(made.id);
    expect((await two.stripe.customers.retrieve(customer.id)).id).toBe(customer.id);
    expect((await two.stripe.customers.list({}, { stripeAccount: "acct_1Shop" })).data).toHaveLength(1);
    expect((await two.stripe.webhookEndpoints.list()).data).toHaveLength(1);
    expect(two.sandbox.deliveries()[0]).toMatchObject({
      eventType: "customer.created",
      url: "http://127.0.0.1:9/",
    });
    const fresh = await two.stripe.customers.create({});
    expect(fresh.id).not.toBe(customer.id);
    await two.sandbox.close();
  });

  it("writes soon after a change, without being told to end", async () => {
    const { stripe, sandbox } = await connect({ ...quiet, data: folder });
    await stripe.customers.create({ name: "Written soon" });
    await expect
      .poll(() => readFile(join(folder, "sandbox.json"), "utf8").catch(() => ""))
      .toContain("Written soon");
    await sandbox.close();
  });

  it.each([
    ["is no JSON", "{", "is damaged"],
    ["is something else", '{"a": 1}', "is not a sandbox's state"],
    ["comes from a newer version", '{"format": 99}', "newer version of the sandbox"],
  ])("is refused when it %s", async (_, content, message) => {
    await writeFile(join(folder, "sandbox.json"), content);
    await expect(startSandbox({ data: folder })).rejects.toThrow(message);
  });
});

describe("seed data", () => {
  const seedData: SeedData = {
    products: [{ as: "pro", id: "prod_pro", name: "Pro" }],
    prices: [
      { as: "monthly", product: "$pro", currency: "usd", unit_amount: 900, recurring: { interval: "month" } },
    ],
    customers: [
      {
        as: "ada",
        email: "ada@example.com",
        payment_method: "pm_card_visa",
        invoice_settings: { default_payment_method: "pm_card_visa" },
      },
    ],
    subscriptions: [{ customer: "$ada", items: [{ price: "$monthly" }] }],
    webhook_endpoints: [{ url: "http://127.0.0.1:9/", enabled_events: ["invoice.paid"] }],
  };

  it("is there from the start, quietly, and again after a reset", async () => {
    const { stripe, sandbox } = await connect({
      ...quiet,
      seedData,
      webhooks: [{ url: "http://127.0.0.1:9/all" }],
    });
    const statuses = async () => (await stripe.subscriptions.list()).data.map(({ status }) => status);
    expect(await statuses()).toEqual(["active"]);
    expect((await stripe.prices.list({ product: "prod_pro" })).data[0]?.unit_amount).toBe(900);
    expect(sandbox.deliveries()).toEqual([]);
    await stripe.products.create({ name: "Gone after a reset" });
    sandbox.reset();
    expect((await stripe.products.list()).data.map(({ name }) => name)).toEqual(["Pro"]);
    expect(await statuses()).toEqual(["active"]);
  });

  it.each([
    ["an unknown resource", { produkte: [] }, "options: seedData.produkte is unknown"],
    ["no list", { products: {} }, "options: seedData.products must be a list"],
    [
      "what the API refuses",
      {
        prices: [
          {
            currency: "usd",
            unit_amount: 1,
            product_data: { name: "x" },
            recurring: { interval: "fortnight" },
          },
        ],
      },
      "options: seedData.prices[0].recurring.interval: Invalid recurring[interval]",
    ],
    [
      "an unknown name",
      { prices: [{ product: "$pro" }] },
      "options: seedData.prices[0].product: nothing before it is named pro",
    ],
  ])("is refused with its place for %s", async (_, wrong, message) => {
    await expect(startSandbox({ ...quiet, seedData: wrong as SeedData })).rejects.toThrow(message);
  });
});

describe("a reset", () => {
  it("takes a few milliseconds", async () => {
    const { stripe, sandbox } = await connect({ ...quiet, seedData: { products: [{ name: "Pro" }] } });
    for (let count = 0; count < 20; count++) await stripe.customers.create({});
    const times = Array.from({ length: 9 }, () => {
      const started = performance.now();
      sandbox.reset();
      return performance.now() - started;
    });
    // The median, so that a busy machine doesn't decide the outcome.
    expect(times.toSorted((one, other) => one - other)[4]).toBeLessThan(10);
    expect((await stripe.customers.list()).data).toEqual([]);
  });
});
