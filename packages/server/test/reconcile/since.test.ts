import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "../each-store.js";
import { recordCallbacks } from "../record-callbacks.js";
import { eventOf, setCancel, subscribe } from "../subscriber.js";
import { newUser, openWorld, type World } from "../world.js";
import { expectSameAsProvider } from "./same-as-provider.js";

describeEachStore("comparing what changed since", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;
  let since: Date;
  const { on, expectCalls } = recordCallbacks("product.purchased");

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, on });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    // Long enough after the other tests' events that none of them is in the list.
    world.tick(7200);
    since = new Date(world.sandbox.now().getTime() - 60_000);
  });

  const deliverAll = async (who = user) => {
    for (const event of world.events(who)) expect((await world.deliver(event)).status).toBe(200);
  };
  const compare = (repair: boolean) => world.billing.reconcile({ since, repair });

  test("reads only what changed, and finds nothing where every event arrived", async () => {
    await subscribe(world, user);
    await deliverAll();
    world.tick(3600);
    expect(await compare(true)).toMatchObject({ checked: 1, found: 0, complete: true });
  });

  test("repairs a change whose event was lost, and knows the event from then on", async () => {
    const { subscriptionId } = await subscribe(world, user);
    await deliverAll();
    world.tick(3600);
    const lost = await setCancel(world, user, subscriptionId, true);
    world.tick(3600);
    expect((await compare(false)).differences).toMatchObject([
      { cause: "missed_event", subscriptionId, eventIds: [lost.id], repaired: false },
    ]);
    expect((await compare(true)).differences).toMatchObject([
      { cause: "missed_event", eventIds: [lost.id], repaired: true },
    ]);
    await expectSameAsProvider(world, store, subscriptionId);
    expect(await store.findEvent(lost.id, "stripe")).toMatchObject({ state: "applied" });
    expect(await compare(true)).toMatchObject({ found: 0, resumed: false });
  });

  test("finds a purchase that nobody told the app about, though no subscription changed", async () => {
    await world.buy(user, { productId: "credits" });
    world.tick(3600);
    const paid = eventOf(world, user, "checkout.session.completed");
    const before = await compare(false);
    expect(before.differences).toContainEqual(
      expect.objectContaining({
        cause: "missed_event",
        subscriptionId: null,
        customerId: user,
        eventIds: [paid.id],
        fields: [],
      }),
    );
    await compare(true);
    await expectCalls(user, ["product.purchased"]);
    expect(await compare(true)).toMatchObject({ found: 0 });
  });

  test("says which event can't be read, and continues with the others", async () => {
    const body = { productId: "credits" };
    const { body: opened } = await world.call("POST", "/checkout", { as: user, body });
    const edited = { metadata: { tollgate_quantity: "some" } };
    await world.dashboard.checkout.sessions.update(opened.id, edited);
    await world.pay(opened.id);
    const other = newUser();
    await subscribe(world, other);
    world.tick(3600);
    const { differences } = await compare(true);
    const { id } = eventOf(world, user, "checkout.session.completed");
    expect(differences).toContainEqual(
      expect.objectContaining({ cause: "missed_event", customerId: user, eventIds: [id], repaired: false }),
    );
    expect(await store.listSubscriptions(other)).toMatchObject([{ status: "active" }]);
    expect(await store.findEvent(id, "stripe")).toMatchObject({ state: "failed", type: "unreadable" });
  });

  test("leaves an event that may be on its way to the webhook", async () => {
    await subscribe(world, user);
    expect(await compare(true)).toMatchObject({ found: 0 });
    expect(await store.listSubscriptions(user)).toEqual([]);
    world.tick(3600);
    const { differences } = await compare(true);
    // Their subscription; and that the provider was given their email, which it tells of as well.
    expect(differences.map(({ subscriptionId, repaired }) => [subscriptionId !== null, repaired])).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(await store.listSubscriptions(user)).toMatchObject([{ status: "active" }]);
  });

  test.each([
    ["from before the provider's list", { since: new Date("2026-10-01T00:00:00Z") }, /30 days/],
    ["in the future", { since: new Date("2030-01-01T00:00:00Z") }, /future/],
    ["that is no date", { since: new Date("yesterday") }, /valid date/],
    ["together with a customer", { since: new Date("2026-11-21T10:00:00Z"), customerId: "org_1" }, /either/],
    ["replaced by a customer without a name", { customerId: "" }, /1 to 200 characters/],
  ])("refuses a `since` %s", async (_name, options, message) => {
    const refused = await world.billing.reconcile(options).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "invalid_options", message: expect.stringMatching(message) });
  });
});
