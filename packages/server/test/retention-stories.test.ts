import { afterAll, beforeAll, expect, test } from "vitest";
import type { Billing } from "../src/index.js";
import { describeEachStore } from "./each-store.js";
import { anHourLater, day, openStories, type Stories } from "./ending-story.js";

describeEachStore("whoever is offered something to stay", (createStore) => {
  let stories: Stories;
  let world: Stories["world"];
  let withCoupon: { readonly billing: Billing };
  let withPause: { readonly billing: Billing };
  let withNothingLeft: { readonly billing: Billing };

  beforeAll(async () => {
    stories = await openStories({ store: createStore() });
    world = stories.world;
    await world.dashboard.coupons.create({
      id: "STAY",
      percent_off: 50,
      duration: "repeating",
      duration_in_months: 3,
    });
    await world.dashboard.coupons.create({ id: "OLD", percent_off: 10, duration: "forever" });
    withCoupon = { billing: world.instance({ endings: { retention: { coupon: "STAY" } } }) };
    withPause = { billing: world.instance({ endings: { retention: { pauseDays: 40 } } }) };
    withNothingLeft = { billing: world.instance({ endings: { retention: { coupon: "GONE" } } }) };
  });
  afterAll(() => world.close());

  const cancel = "/subscription/cancel";
  const coupon = {
    kind: "coupon",
    percentOff: 50,
    amountOff: null,
    duration: "repeating",
    months: 3,
  } as const;

  test("by a coupon and takes it stays, and pays the half for as long as it lasts; the next time nothing is offered", async () => {
    const story = await stories.begin();
    for (const _ of ["a click", "a double click"]) {
      expect(await story.post(cancel, {}, withCoupon)).toMatchObject({
        status: 200,
        body: { outcome: "offered", offer: coupon, access: { subscription: { cancelAt: null } } },
      });
    }
    await story.expect({ stored: { cancelAt: null }, plan: "starter", told: ["activated"], charged: 900 });
    for (const _ of ["a click", "a double click"]) {
      expect(await story.post(cancel, { offer: "accept" }, withCoupon)).toMatchObject({
        body: { outcome: "kept", offer: coupon },
      });
    }
    expect((await world.dashboard.subscriptions.retrieve(story.id)).discounts).toHaveLength(1);
    let charged = 900;
    // Three months from today: the third renewal comes when they are over.
    for (const amount of [450, 450, 900]) {
      world.tick(31 * day + anHourLater);
      await story.deliver();
      charged += amount;
      await story.expect({ stored: { status: "active" }, plan: "starter", told: ["activated"], charged });
    }
    expect(await story.post(cancel, {}, withCoupon)).toMatchObject({
      body: { outcome: "done", offer: null },
    });
  });

  test.each([
    ["", []],
    [" and an older coupon runs", ["OLD"]],
  ])(
    "by a coupon while a cheaper plan waits%s pays the half of that for as long as it lasts",
    async (_, older) => {
      const story = await stories.begin({ planId: "team", interval: "month", quantity: 3 });
      const { dashboard } = world;
      const discounts = older.map((one) => ({ coupon: one }));
      if (discounts.length > 0) await dashboard.subscriptions.update(story.id, { discounts });
      const rest = older.length > 0 ? 0.9 : 1;
      expect(await story.post("/subscription/change", { planId: "starter" })).toMatchObject({
        body: { status: "scheduled" },
      });
      await story.post(cancel, {}, withCoupon);
      for (const _ of ["a click", "a double click"]) {
        expect(await story.post(cancel, { offer: "accept" }, withCoupon)).toMatchObject({
          body: { outcome: "kept", offer: coupon },
        });
      }
      const told = ["activated", "changed"];
      let charged = 4_500;
      for (const amount of [450, 450, 900]) {
        world.tick(31 * day + anHourLater);
        await story.deliver();
        charged += amount * rest;
        await story.expect({ stored: { status: "active" }, plan: "starter", told, charged });
      }
    },
  );

  test("by days without pay and takes it is not charged until then", async () => {
    const story = await stories.begin();
    await story.post(cancel, {}, withPause);
    expect(await story.post(cancel, { offer: "accept" }, withPause)).toMatchObject({
      body: { outcome: "kept", offer: { kind: "pause", days: 40 } },
    });
    const told = ["activated", "paused"];
    const until = new Date(world.sandbox.now().getTime() + 40 * day * 1000).toISOString();
    const stored = { cancelAt: null, pause: { kind: "collection", resumesAt: until } } as const;
    await story.expect({ stored, plan: "starter", told, charged: 900 });
    world.tick(31 * day + anHourLater);
    await story.deliver();
    await story.expect({ stored, plan: "starter", told, charged: 900 });
  });

  test("and declines is cancelled, with what was said, and can't take it any more", async () => {
    const story = await stories.begin();
    await story.post(cancel, {}, withCoupon);
    const declined = { offer: "decline", reason: "unused" };
    expect(await story.post(cancel, declined, withCoupon)).toMatchObject({
      body: { outcome: "done", offer: null },
    });
    const cancellation = { reason: "unused", feedback: null } as const;
    const told = ["activated", "cancel_scheduled"];
    await story.expect({ stored: { cancellation }, plan: "starter", told, charged: 900 });
    expect(await story.post(cancel, { offer: "accept" }, withCoupon)).toMatchObject({
      status: 409,
      body: { error: { code: "offer_not_open" } },
    });
    await story.post("/subscription/resume");
    expect(await story.post(cancel, {}, withCoupon)).toMatchObject({ body: { outcome: "done" } });
  });

  test("and leaves without an answer is cancelled when they ask again later", async () => {
    const story = await stories.begin();
    await story.post(cancel, {}, withCoupon);
    world.tick(11 * 60);
    expect(await story.post(cancel, {}, withCoupon)).toMatchObject({
      body: { outcome: "done", offer: null },
    });
  });

  test("by a coupon that is gone is cancelled at once: a failing offer holds nobody up", async () => {
    const story = await stories.begin();
    expect(await story.post(cancel, {}, withNothingLeft)).toMatchObject({ body: { outcome: "done" } });
    expect(world.logged.some(({ fields }) => fields.coupon === "GONE")).toBe(true);
  });

  test("by four clicks at once in two instances is offered it, and nothing is cancelled", async () => {
    const story = await stories.begin();
    const clicks = [withCoupon, withPause, withCoupon, withPause];
    const answers = await Promise.all(clicks.map((billing) => story.post(cancel, {}, billing)));
    const [first] = answers;
    for (const { body } of answers)
      expect(body).toMatchObject({ outcome: "offered", offer: first?.body.offer });
    await story.expect({ stored: { cancelAt: null }, plan: "starter", told: ["activated"], charged: 900 });
  });
});
