import type { Catalog } from "@tollgate/core";
import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { addOnCatalog } from "./add-on-catalog.js";
import { newUser, openWorld, type World, type WorldOptions } from "./world.js";

const starter = { planId: "starter", interval: "month" };
const german = { country: "DE", line1: "Unter den Linden 1", city: "Berlin", postal_code: "10117" };
const quiet = { jobs: "manual", rateLimits: false } as const;
const open = (more: Partial<WorldOptions>) => openWorld({ store: memory(), ...quiet, ...more });

const begin = (world: World, user: string, body: object = starter) =>
  world.call("POST", "/checkout", { as: user, body: { ...body } });
const settle = (world: World, user: string, id: string) => world.call("GET", `/checkout/${id}`, { as: user });
const sessionOf = (world: World, id: string, ...expand: string[]) =>
  world.dashboard.checkout.sessions.retrieve(id, { expand });
const customerOf = async (world: World, user: string) =>
  (await world.billing.customers.find(user))?.providerCustomerId ?? "";

async function buy(world: World, user: string, body: object = starter): Promise<string> {
  const opened = await begin(world, user, body);
  await world.sandbox.pay(opened.body.id, { address: german });
  await settle(world, user, opened.body.id);
  return opened.body.id;
}

async function codeFor({ dashboard }: World, percent_off: number): Promise<string> {
  const { id: coupon } = await dashboard.coupons.create({ percent_off, duration: "forever" });
  return (await dashboard.promotionCodes.create({ promotion: { type: "coupon", coupon } })).code;
}

describe("with automatic tax", () => {
  let world: World;
  beforeAll(async () => {
    const taxBehavior = { usd: "exclusive", eur: "inclusive" } as const;
    world = await open({ terms: { tax: "automatic", taxBehavior, taxCode: "txcd_10103001" } });
  });
  afterAll(() => world.close());

  test("a checkout adds it to what the catalog shows, for a customer whose place nobody knew", async () => {
    const user = newUser();
    const id = await buy(world, user);
    const session = await sessionOf(world, id, "subscription", "invoice");
    expect(session).toMatchObject({
      amount_subtotal: 900,
      amount_total: 1080,
      automatic_tax: { status: "complete" },
      tax_id_collection: { enabled: true, required: "never" },
      subscription: { automatic_tax: { enabled: true } },
      invoice: { total: 1080 },
    });
    const customer = (await world.dashboard.customers.retrieve(
      await customerOf(world, user),
    )) as Stripe.Customer;
    expect(customer.address?.country).toBe("DE");
  });

  test("a second checkout of somebody whose place is known is taxed as it opens, and is not refused", async () => {
    const user = newUser();
    await buy(world, user);
    const { status, body } = await begin(world, user, { productId: "credits", quantity: 2 });
    expect(status).toBe(200);
    expect(await sessionOf(world, body.id)).toMatchObject({ amount_subtotal: 2000, amount_total: 2400 });
  });

  test("prices contain it where the options say so for their currency", async () => {
    const user = newUser();
    const id = await buy(world, user, { ...starter, currency: "eur" });
    expect(await sessionOf(world, id)).toMatchObject({
      amount_total: 800,
      total_details: { amount_tax: 133 },
    });
  });

  test("an upgrade shows the tax that is then charged", async () => {
    const user = newUser();
    await buy(world, user);
    const choice = { planId: "pro", interval: "month" };
    const shown = await world.call("POST", "/subscription/preview", { as: user, body: choice });
    expect(shown.body.tax).toBeGreaterThan(0);
    const body = { ...choice, preview: shown.body.token };
    expect((await world.call("POST", "/subscription/change", { as: user, body })).status).toBe(200);
    const customer = await customerOf(world, user);
    const { data } = await world.dashboard.invoices.list({ customer });
    expect(data[0]).toMatchObject({ billing_reason: "subscription_update", total: shown.body.dueNow });
  });

  test("a downgrade that waits keeps it", async () => {
    const user = newUser();
    await buy(world, user, { planId: "pro", interval: "month" });
    world.tick(15 * 86_400);
    const choice = { planId: "starter", interval: "month" };
    const shown = await world.call("POST", "/subscription/preview", { as: user, body: choice });
    const body = { ...choice, preview: shown.body.token };
    await world.call("POST", "/subscription/change", { as: user, body });
    world.tick(40 * 86_400);
    const { data } = await world.dashboard.subscriptions.list({ customer: await customerOf(world, user) });
    expect(data[0]?.automatic_tax.enabled).toBe(true);
  });

  test("a single charge costs what was said, with its tax inside, and needs a place", async () => {
    const user = newUser();
    await buy(world, user);
    const charge = { customerId: user, amount: 1200, currency: "usd", description: "Setup" };
    const made = await world.billing.charges.create({ ...charge, idempotencyKey: "setup" });
    const invoice = await world.dashboard.invoices.retrieve(made.invoiceId);
    expect(invoice).toMatchObject({ total: 1200, amount_paid: 1200 });
    expect(invoice.total_taxes).toMatchObject([{ amount: 200, tax_behavior: "inclusive" }]);
    await world.dashboard.customers.update(await customerOf(world, user), { address: "" });
    await expect(world.billing.charges.create({ ...charge, idempotencyKey: "again" })).rejects.toMatchObject({
      code: "provider_rejected",
      message: expect.stringContaining("Where the customer lives is not known"),
    });
  });

  test("the pushed catalog carries code and behaviour, and a change of either is told before it is pushed", async () => {
    const all = await world.dashboard.prices.list({ limit: 100, expand: ["data.product"] });
    const data = all.data.filter(({ lookup_key }) => lookup_key !== null);
    expect(new Set(data.map(({ currency, tax_behavior }) => `${currency} ${tax_behavior}`))).toEqual(
      new Set(["usd exclusive", "eur inclusive"]),
    );
    expect(data.every(({ product }) => (product as Stripe.Product).tax_code === "txcd_10103001")).toBe(true);
    const { starter: old, ...plans } = buildCatalog().plans;
    const changed = { ...old, taxCode: "txcd_10000000", taxBehavior: "inclusive" } as const;
    const next = { ...buildCatalog(), plans: { ...plans, starter: changed } };
    const { changes } = await world.billing.comparePlans({ plans: next });
    expect(changes.map(({ action, detail }) => [action, detail])).toEqual([
      ["updated", "tax code was txcd_10103001, is txcd_10000000"],
      ["replaced", "tax is on top at Stripe and in the amount in the catalog"],
    ]);
  });

  test("health is content with an account that is set up", async () => {
    expect(await world.provider.findMisconfigurations?.()).toEqual([]);
  });
});

describe("with automatic tax, of a plan and its add-ons", () => {
  const terms = { tax: "automatic", taxBehavior: "exclusive", taxCode: "txcd_10103001" } as const;
  const opened = async (own: object, percentOff?: number) => {
    const { addOns, ...rest } = addOnCatalog as typeof addOnCatalog & { addOns: { storage: object } };
    const plans = { ...rest, addOns: { ...addOns, storage: { ...addOns.storage, ...own } } };
    const world = await open({ plans, terms });
    const user = newUser();
    await buy(world, user, { productId: "credits" });
    const code = percentOff === undefined ? {} : { promotionCode: await codeFor(world, percentOff) };
    const { status, body } = await begin(world, user, { ...starter, addOns: { storage: 2 }, ...code });
    expect(status).toBe(200);
    const session = await sessionOf(world, body.id, "line_items.data.price.product");
    await world.close();
    return session;
  };

  test("a checkout adds the tax of both, each by its own code", async () => {
    const lineOf = (code: string) => ({ price: { product: { tax_code: code } } });
    expect(await opened({ taxCode: "txcd_10000000" })).toMatchObject({
      amount_subtotal: 1900,
      amount_total: 2280,
      line_items: { data: [lineOf("txcd_10103001"), lineOf("txcd_10000000")] },
    });
  });

  test("a checkout adds what is left of it after a promotion code", async () => {
    expect(await opened({}, 50)).toMatchObject({ amount_total: 1140, total_details: { amount_tax: 190 } });
  });

  test("a checkout adds only the plan's where the add-on contains its own", async () => {
    expect(await opened({ taxBehavior: "inclusive" })).toMatchObject({
      amount_total: 1900 + 180,
      total_details: { amount_tax: 180 + 167 },
    });
  });
});

describe("tax that would never be collected", () => {
  const settings = { taxReady: false };
  const told = async (more: Partial<WorldOptions>, act?: (stripe: Stripe) => Promise<unknown>) => {
    const world = await open({ terms: { tax: "automatic" }, ...more });
    try {
      await act?.(world.dashboard);
      return (await world.provider.findMisconfigurations?.()) ?? [];
    } finally {
      await world.close();
    }
  };

  test("is named by health: no head office, no registration, nothing that says whether prices contain it", async () => {
    const world = await open({ terms: { tax: "automatic" }, sandboxOptions: { settings } });
    await world.billing.health();
    await expect.poll(async () => (await world.billing.health()).problems.length, { timeout: 5_000 }).toBe(3);
    const { status, problems } = await world.billing.health();
    expect(status).toBe("degraded");
    expect(problems.join("\n")).toMatch(/Missing: head_office/);
    expect(problems.join("\n")).toMatch(/never collected: the Stripe account is registered nowhere/);
    await world.close();
  });

  test("is named for its registration alone once the rest is there", async () => {
    const problems = await told({ sandboxOptions: { settings } }, (dashboard) =>
      dashboard.tax.settings.update({
        head_office: { address: { country: "DE" } },
        defaults: { tax_behavior: "inclusive" },
      }),
    );
    expect(problems).toEqual([expect.stringContaining("registered nowhere")]);
  });

  test("can't be told by a key that may not look, which is said and no error", async () => {
    const world = await open({
      sandboxOptions: { restrictedKeys: [{ key: "rk_test_narrow", permissions: {} }] },
    });
    const provider = stripe({
      secretKey: "rk_test_narrow",
      webhookSecret: world.sandbox.webhookSecret,
      apiBase: world.sandbox.url,
      tax: "automatic",
    });
    expect(await provider.findMisconfigurations?.()).toEqual([
      expect.stringContaining("lacks read access to Tax"),
    ]);
    await world.close();
  });

  test("nothing is looked for where no tax was asked for", async () => {
    const world = await open({ sandboxOptions: { settings } });
    expect(world.provider.findMisconfigurations).toBeUndefined();
    await world.close();
  });
});

describe("what checkouts ask for", () => {
  test("consent, an address, tax ids and 3-D Secure, of every kind that can", async () => {
    const terms = {
      taxIds: "optional",
      billingAddress: "required",
      consent: { terms: "required", promotions: "auto" },
      threeDSecure: "any",
    } as const;
    const world = await open({ terms });
    for (const kind of ["hosted", "embedded", "elements"]) {
      const { body } = await begin(world, newUser(), { ...starter, kind });
      expect(await sessionOf(world, body.id), kind).toMatchObject({
        billing_address_collection: "required",
        consent_collection: { terms_of_service: "required", promotions: "auto" },
        tax_id_collection: { enabled: true },
        payment_method_options: { card: { request_three_d_secure: "any" } },
        automatic_tax: { enabled: false },
        managed_payments: { enabled: false },
      });
    }
    const user = newUser();
    const id = await buy(world, user);
    expect(await sessionOf(world, id, "subscription")).toMatchObject({
      consent: { terms_of_service: "accepted", promotions: "opt_out" },
      subscription: {
        payment_settings: { payment_method_options: { card: { request_three_d_secure: "any" } } },
      },
    });
    await world.close();
  });

  test.each(["checkout", "payment-methods/checkout"])(
    "terms without a page of terms are refused by %s in words that say what to do, and health says so, too",
    async (route) => {
      const terms = { consent: { terms: "required" } } as const;
      const world = await open({ terms, sandboxOptions: { settings: { termsPage: false } } });
      expect((await world.billing.health()).problems).toEqual([]);
      const user = newUser();
      const body = route === "checkout" ? starter : {};
      const ask = () => world.call("POST", `/${route}`, { as: user, body });
      const refused = await ask();
      const error = { code: "invalid_options", message: "The checkout is not set up yet." };
      expect(refused).toMatchObject({ status: 500, body: { error } });
      const told = "no address of your terms. Add it at https://dashboard.stripe.com/settings/public";
      expect(JSON.stringify(world.logged)).toContain(told);
      expect((await world.billing.health()).problems).toEqual([expect.stringContaining(told)]);
      await world.close();
    },
  );

  test("a required tax id is not offered with elements, where Stripe can't insist", async () => {
    const world = await open({ terms: { taxIds: "required" } });
    expect(world.provider.checkout.kinds).toEqual(["hosted", "embedded"]);
    expect((await begin(world, newUser(), { ...starter, kind: "elements" })).body.error.code).toBe(
      "not_supported",
    );
    const { body } = await begin(world, newUser());
    expect((await sessionOf(world, body.id)).tax_id_collection).toEqual({
      enabled: true,
      required: "if_supported",
    });
    await world.close();
  });

  test("a checkout that was opened under other terms is not opened again", async () => {
    const world = await open({});
    const user = newUser();
    const first = await begin(world, user);
    const provider = stripe({
      secretKey: world.sandbox.secretKey,
      webhookSecret: world.sandbox.webhookSecret,
      apiBase: world.sandbox.url,
      tax: "automatic",
    });
    const later = world.instance({ provider });
    const second = await world.call("POST", "/checkout", { as: user, body: starter, billing: later });
    expect(second.status).toBe(200);
    expect(second.body.id).not.toBe(first.body.id);
    expect((await sessionOf(world, first.body.id)).status).toBe("expired");
    await world.close();
  });

  test.each([
    [{ tax: "manual" }, "`tax` must be"],
    [{ taxIds: "always" }, "`taxIds` must be"],
    [{ taxBehavior: "gross" }, "`taxBehavior` must be"],
    [{ taxCode: "saas" }, "`taxCode` must be like"],
    [{ consent: { terms: "auto" } }, "`consent.terms` must be"],
    [{ consent: { promotions: "required" } }, "`consent.promotions` must be"],
    [{ threeDSecure: "always" }, "`threeDSecure` must be"],
    [{ managedPayments: true, tax: "automatic" }, "leave out `tax`"],
    [{ managedPayments: true, threeDSecure: "any" }, "leave out `threeDSecure`"],
  ])("%j is refused when billing is created", (given, message) => {
    expect(() => stripe({ secretKey: "sk_test_1", webhookSecret: "whsec_1", ...(given as object) })).toThrow(
      expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(message) }),
    );
  });
});

describe("Managed Payments", () => {
  let world: World;
  beforeAll(async () => {
    const terms = { managedPayments: true, taxCode: "txcd_10103001", taxBehavior: "exclusive" } as const;
    world = await open({ terms, sandboxOptions: { settings: { managesPayments: true } } });
  });
  afterAll(() => world.close());

  test("sell in Stripe's name, with its tax on top of what the catalog shows", async () => {
    const user = newUser();
    const id = await buy(world, user);
    expect(await sessionOf(world, id, "subscription")).toMatchObject({
      managed_payments: { enabled: true },
      amount_subtotal: 900,
      amount_total: 1080,
      subscription: { managed_payments: { enabled: true } },
    });
    const second = await begin(world, user, { productId: "credits" });
    expect(second.status).toBe(200);
    expect((await begin(world, newUser(), { ...starter, kind: "elements" })).body.error.code).toBe(
      "not_supported",
    );
  });

  test("refuse a change at once, which Stripe could leave half made, and take it at the period's end", async () => {
    const user = newUser();
    await buy(world, user, { planId: "pro", interval: "month" });
    world.tick(20 * 86_400);
    const up = { planId: "team", interval: "month", quantity: 3 };
    const now = await world.call("POST", "/subscription/preview", { as: user, body: up });
    expect(now.body.error.code).toBe("not_supported");
    const down = await world.call("POST", "/subscription/preview", { as: user, body: starter });
    const body = { ...starter, preview: down.body.token };
    expect((await world.call("POST", "/subscription/change", { as: user, body })).body.status).toBe(
      "scheduled",
    );
  });

  test("need a tax code on everything for sale, told when the catalog is pushed, compared or sold", async () => {
    const provider = stripe({
      secretKey: world.sandbox.secretKey,
      webhookSecret: world.sandbox.webhookSecret,
      apiBase: world.sandbox.url,
      managedPayments: true,
    });
    const bare = world.instance({ provider });
    const refused = { code: "invalid_catalog", details: { path: "plans.starter.taxCode" } };
    await expect(bare.pushPlans()).rejects.toMatchObject(refused);
    await expect(bare.comparePlans()).rejects.toMatchObject(refused);
    const { addOns, plans, products } = addOnCatalog as Catalog;
    const coded = <T extends object>(all: Readonly<Record<string, T>>) =>
      Object.fromEntries(Object.entries(all).map(([id, one]) => [id, { ...one, taxCode: "txcd_10103001" }]));
    const next = { ...addOnCatalog, plans: coded(plans), products: coded(products), addOns };
    await expect(bare.comparePlans({ plans: next as ExampleCatalog })).rejects.toMatchObject({
      details: { path: "addOns.storage.taxCode" },
    });
    const answer = await world.call("POST", "/checkout", { as: newUser(), body: starter, billing: bare });
    expect(answer.body.error.code).toBe("invalid_catalog");
  });

  test("are switched off where the options don't ask for them, whatever the account has on", async () => {
    const plain = await open({ sandboxOptions: { settings: { managesPayments: true } } });
    const { status, body } = await begin(plain, newUser());
    expect(status).toBe(200);
    expect((await sessionOf(plain, body.id)).managed_payments).toEqual({ enabled: false });
    await plain.close();
  });
});
