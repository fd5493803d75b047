import type { Difference, Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createProviders } from "../../src/context/providers.js";
import { runReconcile } from "../../src/jobs/reconcile-job.js";
import { stripe } from "../../src/providers/stripe/index.js";
import { describeEachStore } from "../each-store.js";
import { contextOf } from "../reconcile/job-context.js";
import { subscribe } from "../subscriber.js";
import { customerOf } from "../two-tabs.js";
import { newUser, type World } from "../world.js";
import { type Move, openMove } from "./move.js";

describeEachStore("comparing with two accounts", (createStore) => {
  let move: Move;
  let store: Store;

  beforeAll(async () => {
    store = createStore();
    move = await openMove(store);
  });
  afterAll(() => move.close());
  beforeEach(() => move.tick(3600));

  /** Somebody who bought in an account that told nobody. */
  async function unheard(world: World): Promise<string> {
    const user = newUser();
    await subscribe(world, user);
    return user;
  }
  const owned = async (user: string) =>
    (await store.listSubscriptions(user)).map(({ provider, status }) => `${provider} ${status}`);

  test("goes through both, and names the account in each difference", async () => {
    const [one, other] = [await unheard(move.old), await unheard(move.next)];
    move.tick(120);
    const heard: Difference[] = [];
    const report = await move.billing.reconcile({
      repair: true,
      onDifference: (found) => void heard.push(found),
    });
    expect(report).toMatchObject({ checked: 2, found: 2, repaired: 2, complete: true });
    expect(report.differences).toMatchObject([
      { provider: "stripe-new", customerId: other, repaired: true },
      { provider: "stripe", customerId: one, repaired: true },
    ]);
    expect(heard).toEqual(report.differences);
    expect(await owned(one)).toEqual(["stripe active"]);
    expect(await owned(other)).toEqual(["stripe-new active"]);
    expect(move.next.logged).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ provider: "stripe", customerId: one }) }),
    );
  });

  test("of one customer is with both, of one account with that one", async () => {
    const user = await unheard(move.old);
    move.tick(120);
    expect(
      await move.billing.reconcile({ customerId: user, provider: "stripe-new", repair: true }),
    ).toMatchObject({
      found: 0,
    });
    expect(await move.billing.reconcile({ customerId: user, repair: true })).toMatchObject({ repaired: 1 });
    expect(await owned(user)).toEqual(["stripe active"]);
    for (const provider of ["paddle", undefined]) {
      const asked = move.billing.reconcile({ provider } as { provider: string });
      await expect(asked).rejects.toMatchObject({ code: "invalid_options" });
    }
  });

  test("a key that one account takes no more doesn't keep the other from being compared, by hand or by the clock", async () => {
    const { id } = move.next.provider;
    const { webhookSecret, url: apiBase } = move.next.sandbox;
    const locked = stripe({ id, secretKey: "sk_test_rolled", webhookSecret, apiBase });
    const billing = move.instance({ provider: [locked, move.old.provider] });
    const first = await unheard(move.old);
    move.tick(120);
    await expect(billing.reconcile({ repair: true })).rejects.toMatchObject({ code: "provider_rejected" });
    expect(await owned(first)).toEqual(["stripe active"]);
    const second = await unheard(move.old);
    move.tick(120);
    const context = await contextOf(move.next, store);
    const away = { ...context, provider: locked, providers: createProviders(locked, [move.old.provider]) };
    const job = runReconcile(away, { type: "reconcile" }, new AbortController().signal);
    await expect(job).rejects.toMatchObject({ code: "provider_rejected" });
    expect(await owned(second)).toEqual(["stripe active"]);
  });

  test("a customer that both accounts know by one id is two: what happens to one leaves the other alone", async () => {
    const user = newUser();
    await subscribe(move.old, user);
    await move.deliverAll(user);
    const copied = await customerOf(move.old, user);
    // As Stripe copies customers from one account to another: with their ids.
    const elsewhere = newUser();
    await store.linkCustomer({
      customerId: elsewhere,
      provider: "stripe-new",
      providerCustomerId: copied,
    });
    await move.old.dashboard.customers.del(copied);
    await move.deliverAll(user);
    expect(await store.findCustomer(user, "stripe")).toBeNull();
    expect(await store.findCustomer(elsewhere, "stripe-new")).toMatchObject({ current: true });
    expect(await owned(user)).toEqual(["stripe ended"]);
  });

  test("health tells how each webhook does, and which one is refused", async () => {
    const user = await unheard(move.old);
    const [event] = move.old.events(user);
    if (event === undefined) throw new Error("The account told nothing.");
    const fresh = move.instance();
    await move.old.deliver(event, { billing: fresh });
    await move.old.deliver(event, { billing: fresh, to: "stripe-new" });
    const { webhooks, webhooksOf, problems } = await fresh.health();
    expect(webhooks).toMatchObject({ accepted: 1, refused: 1 });
    expect(webhooksOf).toMatchObject({
      stripe: { accepted: 1, refused: 0 },
      "stripe-new": { accepted: 0, refused: 1 },
    });
    expect(problems).toContainEqual(
      expect.stringMatching(/^1 webhook deliveries.*Set STRIPE_NEW_WEBHOOK_SECRET.*\(stripe-new\)$/),
    );
  });
});
