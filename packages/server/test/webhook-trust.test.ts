import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { strangersSignature } from "./requests.js";
import { eventOf, planOf, starterPrice, subscribe, subscribeByHand } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("whose events count", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  const { on, expectCalls } = recordCallbacks("subscription.activated", "payment.succeeded");

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  test.each([
    ["signed with another secret", { secret: "whsec_stranger" }, "invalid_signature"],
    [
      "changed after signing",
      { tamper: (text: string) => text.replace("active", "paused") },
      "invalid_signature",
    ],
    [
      "re-serialised",
      { tamper: (text: string) => JSON.stringify(JSON.parse(text), null, 2) },
      "invalid_signature",
    ],
    ["without a signature", { signature: null }, "missing_signature"],
    ["with a signature of another shape", { signature: "nonsense" }, "invalid_signature"],
  ])("refuses an event that comes %s, and stores nothing", async (_name, delivery, code) => {
    const { activated } = await subscribe(world, user);
    expect(await world.deliver(activated, delivery)).toMatchObject({
      status: 400,
      body: { error: { code } },
    });
    expect(await planOf(world, user)).toBe("free");
    expect(await world.deliver(activated)).toMatchObject({ status: 200 });
  });

  test.each([
    ["six minutes ago", -360],
    ["six minutes ahead", 360],
  ])("refuses an event that was signed %s", async (_name, seconds) => {
    const { activated } = await subscribe(world, user);
    const at = new Date(Date.now() + seconds * 1000);
    const stale = { status: 400, body: { error: { code: "stale_signature" } } };
    expect(await world.deliver(activated, { at })).toMatchObject(stale);
    expect(await planOf(world, user)).toBe("free");
  });

  test("judges a signature's age by the machine's clock, however far the app's clock was moved", async () => {
    const { activated } = await subscribe(world, user);
    const inAYear = () => new Date(Date.now() + 365 * 24 * 3_600_000);
    const aYearAhead = world.instance({ store, clock: inAYear });
    expect((await world.deliver(activated, { billing: aYearAhead })).status).toBe(200);
    const stale = { status: 400, body: { error: { code: "stale_signature" } } };
    expect(await world.deliver(activated, { at: inAYear(), billing: aYearAhead })).toMatchObject(stale);
  });

  test("answers 404 under another provider's name", async () => {
    const answer = await world.call("POST", "/webhook/paddle", { body: {} });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  });

  test("refuses a body beyond a mebibyte, whatever its signature claims", async () => {
    const headers = { "stripe-signature": strangersSignature() };
    const body = "x".repeat(1024 * 1024 + 1);
    const answer = await world.call("POST", "/webhook/stripe", { headers, body });
    expect(answer).toMatchObject({ status: 413, body: { error: { code: "body_too_large" } } });
  });

  test.each<[string, Record<string, string>, string]>([
    ["without a signature", {}, "missing_signature"],
    ["with a signature of another shape", { "stripe-signature": "t=1,v1=00" }, "invalid_signature"],
    ["with nothing but a time", { "stripe-signature": `t=${Date.now() / 1000}` }, "invalid_signature"],
    ["signed in the past", { "stripe-signature": strangersSignature(new Date(0)) }, "stale_signature"],
  ])("does not read a byte of a body that comes %s", async (_name, headers, code) => {
    let read = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(stream) {
          read += 1;
          stream.enqueue(new Uint8Array(1024));
        },
      },
      { highWaterMark: 0 },
    );
    const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" };
    const request = new Request("https://app.example.com/api/billing/webhook/stripe", init);
    const response = await world.billing.handler(request);
    expect([response.status, (await response.json()).error.code]).toEqual([400, code]);
    expect(read).toBe(0);
  });

  test("answers 200 to events that mean nothing to it", async () => {
    await subscribe(world, user);
    const event = eventOf(world, user, "customer.created");
    expect((await world.deliver(event)).status).toBe(200);
    expect(await store.findEvent(event.id, "stripe")).toBeNull();
  });

  test("keeps an event whose customer is not known yet, and applies it once they are", async () => {
    const providerCustomerId = await subscribeByHand(world, user, await starterPrice(world));
    const created = eventOf(world, user, "customer.subscription.created");
    expect((await world.deliver(created)).status).toBe(200);
    expect(await store.findEvent(created.id, "stripe")).toMatchObject({ state: "unmatched" });
    expect(await planOf(world, user)).toBe("free");

    const link = { customerId: user, provider: "stripe", providerCustomerId };
    await store.linkCustomer(link);
    const body = { planId: "starter", interval: "month" };
    const refused = { status: 409, body: { error: { code: "already_subscribed" } } };
    expect(await world.call("POST", "/checkout", { as: user, body })).toMatchObject(refused);
    expect(await planOf(world, user)).toBe("starter");
    expect(await store.findEvent(created.id, "stripe")).toMatchObject({ state: "applied" });
  });

  test("leaves another product of the same account alone, its payments included", async () => {
    await world.call("POST", "/checkout", { as: user, body: { planId: "starter", interval: "month" } });
    const link = await store.findCustomer(user, "stripe");
    const price = await world.dashboard.prices.create({
      currency: "usd",
      unit_amount: 100,
      recurring: { interval: "month" },
      product_data: { name: "Something else" },
    });
    await subscribeByHand(world, user, price.id, link?.providerCustomerId);
    for (const type of ["customer.subscription.created", "invoice.paid"]) {
      const event = eventOf(world, user, type);
      expect((await world.deliver(event)).status).toBe(200);
      expect(await store.findEvent(event.id, "stripe")).toMatchObject({ state: "ignored" });
    }
    expect(await planOf(world, user)).toBe("free");
    await expectCalls(user, []);
  });

  test("an event of one customer changes nothing for another", async () => {
    const other = newUser();
    const mine = await subscribe(world, user);
    await subscribe(world, other);
    await world.deliver(mine.activated);
    expect([await planOf(world, user), await planOf(world, other)]).toEqual(["starter", "free"]);
  });
});
