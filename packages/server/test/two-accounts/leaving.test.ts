import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Billing } from "../../src/index.js";
import { describeEachStore } from "../each-store.js";
import { subscribe } from "../subscriber.js";
import { withParts } from "../with-parts.js";
import { newUser } from "../world.js";
import { type Move, openMove } from "./move.js";

const starter = { planId: "starter", interval: "month" };
const notConfigured = (provider: string) => ({
  status: 501,
  body: { error: { code: "provider_not_configured", details: { provider } } },
});

describeEachStore("an account that left the list while somebody is billed there", (createStore) => {
  let move: Move;
  let store: Store;
  /** Knows only the new account. */
  let alone: Billing;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    move = await openMove(store);
    alone = move.instance({ provider: [move.next.provider] });
  });
  afterAll(async () => {
    await alone.close();
    await move.close();
  });
  beforeEach(async () => {
    user = newUser();
    move.tick(60);
  });

  const call = (method: string, path: string, body?: unknown) =>
    move.call(method, path, { as: user, billing: alone, ...(body !== undefined && { body }) });

  test("their plan stays open, and is neither sold again nor offered for a change", async () => {
    await subscribe(move.old, user);
    await move.deliverAll(user);
    const { body } = await call("GET", "/access");
    expect(body).toMatchObject({
      planId: "starter",
      hasBillingAccount: false,
      offers: {
        starter: { kind: "current", changes: false },
        pro: { kind: "not_switchable" },
        free: { kind: "not_switchable" },
      },
    });
    const refused = { status: 409, body: { error: { code: "already_subscribed" } } };
    expect(await call("POST", "/checkout", starter)).toMatchObject(refused);
    expect((await call("POST", "/checkout", { productId: "credits" })).status).toBe(200);
  });

  test.each([undefined, "cancel", "switch_plan", "update_payment_method"])(
    "the portal (%s) says that the account is not configured, not that there is nothing",
    async (flow) => {
      await subscribe(move.old, user);
      await move.deliverAll(user);
      expect(await call("POST", "/portal", flow ? { flow } : {})).toMatchObject(notConfigured("stripe"));
      expect(await call("POST", "/portal", { flow: "cancel" })).not.toHaveProperty(
        "body.error.message",
        /stripe/,
      );
    },
  );

  test("a person without anything is told that there is nothing", async () => {
    const nothing = { status: 409, body: { error: { code: "not_a_customer" } } };
    for (const flow of [undefined, "cancel"]) {
      expect(await call("POST", "/portal", flow ? { flow } : {})).toMatchObject(nothing);
    }
  });

  test("its webhook is not found, and the message names those that are", async () => {
    await subscribe(move.old, user);
    const [event] = move.old.events(user);
    if (event === undefined) throw new Error("The account told nothing.");
    expect(await move.old.deliver(event, { billing: alone })).toMatchObject({
      status: 404,
      body: { error: { code: "not_found", message: expect.stringContaining("/webhook/stripe-new") } },
    });
  });

  test("a checkout of it can't be settled, and is in the way of a sale only for as long as it can be paid", async () => {
    const opened = await move.call("POST", "/checkout", {
      as: user,
      body: starter,
      billing: move.old.billing,
    });
    const { id } = opened.body;
    expect(await call("GET", `/checkout/${id}`)).toMatchObject(notConfigured("stripe"));
    expect(await call("POST", "/checkout", starter)).toMatchObject(notConfigured("stripe"));
    move.tick(25 * 3600);
    const sold = await call("POST", "/checkout", starter);
    expect([sold.status, sold.body.url?.startsWith(move.next.sandbox.url)]).toEqual([200, true]);
    expect(await store.findCheckout(id, user)).toMatchObject({ status: "expired" });
  });

  test("its events that wait are kept, with the reason, and dealt with once it is back", async () => {
    const { created } = await subscribe(move.old, user);
    const read = () => Promise.reject(new Error("The line is cut."));
    const broken = withParts(move.old.provider, { subscriptions: { read } });
    const failing = move.instance({ provider: [move.next.provider, broken] });
    const other = { ...created, api_version: "2020-08-27" };
    expect((await move.old.deliver(other, { billing: failing })).status).toBe(500);
    move.tick(3600);
    await alone.runJobs({ maxSeconds: 20 });
    const { events } = await alone.events.list({ state: "failed" });
    expect(events).toMatchObject([
      { id: created.id, provider: "stripe", reason: expect.stringMatching(/^provider_not_configured: /) },
    ]);
    await expect(alone.events.replay(created.id)).rejects.toMatchObject({ code: "event_not_found" });
    expect(await move.billing.events.replay(created.id)).toMatchObject({ state: "applied" });
    expect(await store.listSubscriptions(user)).toMatchObject([{ provider: "stripe" }]);
  });

  test("comparing leaves what it bills alone, and can't be asked for", async () => {
    const { subscriptionId } = await subscribe(move.old, user);
    await move.deliverAll(user);
    await move.old.dashboard.subscriptions.cancel(subscriptionId);
    expect(await alone.reconcile({ customerId: user, repair: true })).toMatchObject({
      found: 0,
      complete: true,
    });
    expect(await store.listSubscriptions(user)).toMatchObject([{ status: "active" }]);
    const other = alone.reconcile({ provider: "stripe" });
    await expect(other).rejects.toMatchObject({ code: "invalid_options" });
  });
});
