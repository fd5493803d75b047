import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import { describeEachStore } from "./each-store.js";
import { priceOf } from "./subscriber.js";
import { withParts } from "./with-parts.js";
import { newUser, openWorld, type World } from "./world.js";

const plain = { interval: "month", currency: "usd" } as const;

describeEachStore("choices that the provider would refuse", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, rateLimits: false });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
    world.logged.length = 0;
  });

  const click = (body: object, billing = world.billing) =>
    world.call("POST", "/checkout", { as: user, body, billing });
  const refusal = (code: string, details: object) => ({
    status: 409,
    body: { error: { code, details } },
  });
  const errors = () => world.logged.filter(({ level }) => level === "error");
  const linked = async () => (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";

  /** An open invoice item is all that Stripe needs to bill a customer in a currency. */
  const billIn = async (currency: string) => {
    const item = { customer: await linked(), amount: 500, currency };
    return world.dashboard.invoiceItems.create(item);
  };

  test("a second currency beside what is running is refused before the provider is asked, naming the right one", async () => {
    await world.buy(user, { planId: "starter", interval: "month", currency: "eur" });
    for (const event of world.events(user)) await world.deliver(event);
    let asked = 0;
    const { provider } = world;
    const counting = withParts(provider, {
      checkout: {
        open(...input) {
          asked += 1;
          return provider.checkout.open(...input);
        },
      },
    });
    const billing = world.instance({ store, provider: counting, jobs: "manual" });
    expect(await click({ planId: "care", ...plain }, billing)).toMatchObject(
      refusal("currency_conflict", { currency: "usd", required: "eur" }),
    );
    expect(asked).toBe(0);
    expect((await click({ productId: "credits", currency: "usd" })).status).toBe(200);
    expect(errors()).toEqual([]);
  });

  test("whoever chose no currency is offered the one that they are billed in", async () => {
    const currencyOf = async () => {
      const { body } = await click({ productId: "credits" });
      return (await world.dashboard.checkout.sessions.retrieve(body.id)).currency;
    };
    expect(await currencyOf()).toBe("usd");
    await world.buy(user, { planId: "starter", interval: "month", currency: "eur" });
    for (const event of world.events(user)) await world.deliver(event);
    expect(await currencyOf()).toBe("eur");
  });

  test("a second currency that only the provider knows about is answered the same way, and is not an error of ours", async () => {
    await click({ productId: "credits" });
    const item = await billIn("eur");
    expect(await click({ planId: "starter", ...plain })).toMatchObject(
      refusal("currency_conflict", { currency: "usd", required: "eur" }),
    );
    expect(errors()).toEqual([]);
    await world.dashboard.invoiceItems.del(item.id);
    expect((await click({ planId: "starter", ...plain })).status).toBe(200);
  });

  test("a checkout that was left open in another currency keeps nobody from buying", async () => {
    const left = await click({ planId: "starter", interval: "month", currency: "eur" });
    const opened = await click({ planId: "care", ...plain });
    expect(opened.status).toBe(200);
    expect((await world.call("GET", `/checkout/${left.body.id}`, { as: user })).body.status).toBe("expired");
    await world.pay(opened.body.id);
  });

  test("one that was left open and paid meanwhile counts: it is the currency that is required", async () => {
    const left = await click({ planId: "starter", interval: "month", currency: "eur" });
    await world.pay(left.body.id);
    expect(await click({ planId: "care", ...plain })).toMatchObject(
      refusal("currency_conflict", { currency: "usd", required: "eur" }),
    );
  });

  test("a price that was replaced a moment ago is sold as it is now", async () => {
    await click({ planId: "starter", ...plain });
    const old = await priceOf(world, "starter");
    const { product, metadata } = await world.dashboard.prices.retrieve(old);
    const replacing = await world.dashboard.prices.create({
      product: String(product),
      currency: "usd",
      unit_amount: 900,
      recurring: { interval: "month" },
      lookup_key: "tollgate:plan:starter:month:usd",
      transfer_lookup_key: true,
      metadata,
    });
    await world.dashboard.prices.update(old, { active: false });
    user = newUser();
    const { status, body } = await click({ planId: "starter", ...plain });
    expect(status).toBe(200);
    const { data } = await world.dashboard.checkout.sessions.listLineItems(body.id);
    expect(data[0]?.price?.id).toBe(replacing.id);
  });

  test("a restricted key that lacks a permission: the log names it, the answer gives nothing away", async () => {
    const key = "rk_test_lacking";
    const form = new URLSearchParams({
      key,
      "permissions[customers]": "write",
      "permissions[prices]": "read",
    });
    const made = await fetch(`${world.sandbox.url}/v1/sandbox/restricted_keys`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.sandbox.secretKey}` },
      body: form,
    });
    expect(made.status).toBe(200);
    const { webhookSecret, url } = world.sandbox;
    const provider = stripe({ secretKey: key, webhookSecret, apiBase: url });
    const billing = world.instance({ store, provider, jobs: "manual" });
    const answer = await click({ planId: "starter", ...plain }, billing);
    expect(answer).toMatchObject({ status: 502, body: { error: { code: "provider_forbidden" } } });
    expect(JSON.stringify(answer.body)).not.toMatch(/rak_|rk_|acct_/);
    const told = JSON.stringify(errors());
    expect(told).toContain("The restricted key lacks the permission rak_checkout_session_write");
    expect(told).not.toContain(key);
  });
});
