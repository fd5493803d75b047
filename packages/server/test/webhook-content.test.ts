import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import { describeEachStore } from "./each-store.js";
import { appUrl } from "./requests.js";
import {
  eventOf,
  planOf,
  setCancel,
  starterPrice,
  subscribe,
  subscribeByHand,
  subscriptionOf,
} from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

/** Where this many meet: whoever arrives early waits for the others. */
function meeting(count: number) {
  let missing = count;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    wait: () => all,
    arrive() {
      missing -= 1;
      if (missing <= 0) open();
      return all;
    },
  };
}

describeEachStore("what an event carries", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual" });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });
  const accessOf = async () => (await world.call("GET", "/access", { as: user })).body;

  test("an event of another API version is settled by what the provider says in ours", async () => {
    const { activated } = await subscribe(world, user);
    const { items: _items, ...old } = activated.data.object as unknown as Record<string, unknown>;
    const object = { ...old, current_period_end: 1, plan: { id: "gone" }, status: "unpaid" };
    const event = { ...activated, api_version: "2019-12-03", data: { object } } as unknown as StripeEvent;
    expect((await world.deliver(event)).status).toBe(200);
    expect(await planOf(world, user)).toBe("starter");
    expect(await store.findEvent(event.id, "stripe")).toMatchObject({ state: "applied" });
  });

  test.each(["__proto__", "constructor", "toString"])("a metadata key of %s changes nothing", async (key) => {
    const { activated } = await subscribe(world, user);
    const hostile = JSON.parse(JSON.stringify(activated), (name, value) =>
      name === "metadata" ? { ...value, ...JSON.parse(`{"${key}":"pro"}`) } : value,
    );
    expect((await world.deliver(hostile)).status).toBe(200);
    expect(await planOf(world, user)).toBe("starter");
    expect(({} as Record<string, unknown>).pro).toBeUndefined();
  });

  test("a subscription that was switched to another product's price closes the old plan, and may come back", async () => {
    const { activated, subscriptionId } = await subscribe(world, user);
    await world.deliver(activated);
    const elsewhere = await world.dashboard.prices.create({
      currency: "usd",
      unit_amount: 100,
      recurring: { interval: "month" },
      product_data: { name: "Something else" },
    });
    const { items } = await world.dashboard.subscriptions.retrieve(subscriptionId);
    const id = items.data[0]?.id ?? "";
    const switchTo = async (price: string) => {
      world.tick(5);
      await world.dashboard.subscriptions.update(subscriptionId, { items: [{ id, price }] });
      await world.deliver(eventOf(world, user, "customer.subscription.updated"));
    };
    await switchTo(elsewhere.id);
    expect(await accessOf()).toMatchObject({ planId: "free", attention: "unknown_plan" });
    await switchTo(await starterPrice(world));
    expect(await accessOf()).toMatchObject({ planId: "starter", attention: null });
  });

  /** Subscribes, and has the subscription switched to another product's price before any event arrives. */
  async function subscribeAndLeave() {
    const { activated: ours, subscriptionId } = await subscribe(world, user);
    world.tick(5);
    const product = { currency: "usd", unit_amount: 100, product_data: { name: "Something else" } };
    const elsewhere = await world.dashboard.prices.create({ ...product, recurring: { interval: "month" } });
    const { items } = await world.dashboard.subscriptions.retrieve(subscriptionId);
    const [item] = items.data;
    await world.dashboard.subscriptions.update(subscriptionId, {
      items: [{ id: item?.id ?? "", price: elsewhere.id }],
    });
    return { ours, foreign: eventOf(world, user, "customer.subscription.updated") };
  }

  test("a subscription that left the catalog before its first event came does not open its old plan", async () => {
    const { ours, foreign } = await subscribeAndLeave();
    for (const event of [foreign, ours]) {
      expect((await world.deliver(event)).status).toBe(200);
      expect(await store.findEvent(event.id, "stripe")).toMatchObject({
        state: "ignored",
        reason: "belongs to another product of the account",
      });
    }
    expect(await planOf(world, user)).toBe("free");
  });

  test.each([
    ["ours", "foreign", "lives"],
    ["foreign", "ours", "lives"],
    ["ours", "foreign", "dies"],
    ["foreign", "ours", "dies"],
  ] as const)(
    "nor when both are dealt with at once: %s is settled before %s, whose process then %s",
    async (first, second, end) => {
      const events = await subscribeAndLeave();
      const bothRead = meeting(2);
      const firstSettled = meeting(1);
      const instance = (mine: "first" | "second") =>
        world.instance({
          store: {
            ...store,
            async findEventFacts(head) {
              const facts = await store.findEventFacts(head);
              await bothRead.arrive();
              return facts;
            },
            async settleEvent(...args) {
              if (mine === "second") await firstSettled.wait();
              const outcome = await store.settleEvent(...args);
              if (mine === "first") await firstSettled.arrive();
              else if (end === "dies") throw new Error("The process died here.");
              return outcome;
            },
          },
        });
      const [, answer] = await Promise.all([
        world.deliver(events[first], { billing: instance("first") }),
        world.deliver(events[second], { billing: instance("second") }),
      ]);
      expect(answer.status).toBe(end === "dies" ? 500 : 200);
      if (end === "dies") expect((await world.deliver(events[second])).status).toBe(200);
      expect(await planOf(world, user)).toBe("free");
    },
  );

  test.each(["the old secret", "the new secret"])(
    "while the secret is rotated, %s is accepted",
    async (which) => {
      const { activated } = await subscribe(world, user);
      const { secretKey, webhookSecret, url: apiBase } = world.sandbox;
      const secrets = ["whsec_next", webhookSecret];
      const billing = world.instance({ provider: stripe({ secretKey, webhookSecret: secrets, apiBase }) });
      const secret = which === "the old secret" ? webhookSecret : "whsec_next";
      expect((await world.deliver(activated, { billing, secret })).status).toBe(200);
      expect(await planOf(world, user)).toBe("starter");
      const gone = await world.deliver(activated, { billing, secret: "whsec_gone" });
      expect(gone).toMatchObject({ status: 400, body: { error: { code: "invalid_signature" } } });
    },
  );

  test("thin events, which carry no state, end as the provider has it", async () => {
    const destination = await openDestination();
    try {
      const { subscriptionId } = await subscribe(world, user);
      await setCancel(world, user, subscriptionId, true);
      await world.sandbox.settled();
      const { secretKey, url: apiBase } = world.sandbox;
      const provider = stripe({ secretKey, webhookSecret: destination.secret, apiBase });
      // The sandbox signs what it sends at the time at which it sends it.
      const billing = world.instance({ provider, clock: () => new Date() });
      expect(destination.received.length).toBeGreaterThan(1);
      for (const { body, signature } of destination.received.reverse()) {
        const headers = { "stripe-signature": signature };
        const url = `${appUrl}/api/billing/webhook/stripe`;
        const answer = await billing.handler(new Request(url, { method: "POST", body, headers }));
        expect([answer.status, await answer.json()]).toEqual([200, { received: true }]);
        const { id } = JSON.parse(body);
        expect((await store.findEvent(id, "stripe"))?.state).toMatch(/applied|stale/);
      }
      expect(await subscriptionOf(world, user)).toMatchObject({
        planId: "starter",
        status: "active",
        cancelAt: expect.any(String),
      });
    } finally {
      await destination.close();
    }
  });

  test("a thin event about somebody unknown waits under the customer whom the provider names", async () => {
    const providerCustomerId = await subscribeByHand(world, user, await starterPrice(world));
    const made = eventOf(world, user, "customer.subscription.created").data.object as { id: string };
    const thin = {
      id: `evt_thin_${user}`,
      object: "v2.core.event",
      type: "v1.customer.subscription.active",
      created: world.sandbox.now().toISOString(),
      related_object: { id: made.id, type: "subscription", url: `/v1/subscriptions/${made.id}` },
    } as unknown as StripeEvent;
    expect((await world.deliver(thin)).status).toBe(200);
    const waiting = { state: "unmatched", providerCustomerId, event: { providerCustomerId } };
    expect(await store.findEvent(thin.id, "stripe")).toMatchObject(waiting);
    const link = { customerId: user, provider: "stripe", providerCustomerId };
    await store.linkCustomer(link);
    await world.billing.events.replay(thin.id);
    expect(await store.findEvent(thin.id, "stripe")).toMatchObject({ state: "applied" });
    expect(await planOf(world, user)).toBe("starter");
  });

  /** A receiver of thin events that keeps what it is sent. */
  async function openDestination() {
    const received: { readonly body: string; readonly signature: string }[] = [];
    const server = createServer(async (request, response) => {
      received.push({ body: await text(request), signature: String(request.headers["stripe-signature"]) });
      response.end("{}");
    });
    await listen(server);
    const { port } = server.address() as AddressInfo;
    const destination = await world.dashboard.v2.core.eventDestinations.create({
      name: "thin",
      type: "webhook_endpoint",
      event_payload: "thin",
      enabled_events: [
        "v1.customer.subscription.created",
        "v1.customer.subscription.updated",
        "v1.customer.subscription.cancel_at_changed",
      ],
      webhook_endpoint: { url: `http://127.0.0.1:${port}/` },
      include: ["webhook_endpoint.signing_secret"],
    });
    return {
      received,
      secret: destination.webhook_endpoint?.signing_secret ?? "",
      async close() {
        await world.dashboard.v2.core.eventDestinations.del(destination.id);
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }
});

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}
