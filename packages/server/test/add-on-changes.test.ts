import { afterAll, beforeAll, expect, test } from "vitest";
import { addOnCatalog } from "./add-on-catalog.js";
import { type Changer, newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { openWorld, type World } from "./world.js";

const day = 86_400;
const starter = { planId: "starter", interval: "month" };
const team = { planId: "team", interval: "month", quantity: 2 };
const max = { planId: "max", interval: "month" };

describeEachStore("a subscription whose add-ons are changed", (createStore) => {
  const { on, expectCalls } = recordCallbacks("subscription.changed");
  let world: World;
  beforeAll(async () => {
    world = await openWorld({
      store: createStore(),
      jobs: "manual",
      rateLimits: false,
      plans: addOnCatalog,
      on,
    });
  });
  afterAll(() => world.close());

  const refused = (code: string, status: number, details: object = {}) => ({
    status,
    body: { error: { code, ...(Object.keys(details).length > 0 && { details }) } },
  });
  /** What the provider bills: `starter:1`, `storage:2`. */
  const linesAt = async (one: Changer) => {
    const { items } = await one.subscription();
    return items.data.map(
      ({ price, quantity }) => `${price.metadata.tollgate_plan ?? price.metadata.tollgate_addon}:${quantity}`,
    );
  };
  const renew = async (one: Changer, days: number) => {
    world.tick(days * day);
    world.tick(2 * 3600);
    await one.hear();
  };
  const amountsOf = ({ lines }: { lines: readonly { amount: number }[] }) =>
    lines.map(({ amount }) => amount).sort((a, b) => a - b);

  test("takes one up now, for exactly what was previewed, and a webhook that comes later changes nothing", async () => {
    const one = await newChanger(world, starter);
    world.tick(10 * day);
    const { preview, answer, paid } = await one.agree({ planId: "starter", addOns: { storage: 2 } });
    // 20 of 30 days of 2 × 5.00.
    expect(preview).toMatchObject({
      kind: "upgrade",
      at: "now",
      planId: "starter",
      addOns: [{ addOnId: "storage", becomes: "added", from: 0, to: 2 }],
      dueNow: 667,
      total: 667,
      nextInvoice: { total: 1_900, due: 1_900 },
    });
    expect(amountsOf(preview)).toEqual([667]);
    expect(paid).toBe(667);
    expect(answer.body).toMatchObject({
      status: "changed",
      access: { planId: "starter", addOns: { storage: 2 }, features: { projects: { limit: 30 } } },
    });
    await one.hear();
    expect(await one.access()).toMatchObject({ addOns: { storage: 2 } });
    await expectCalls(one.user, ["subscription.changed"]);
    expect(await one.preview({ planId: "starter" })).toMatchObject(refused("nothing_to_change", 409));
    const before = await one.charged();
    await renew(one, 21);
    expect((await one.charged()) - before).toBe(1_900);
  });

  test("is offered the plans that a change of ours reaches, which the provider's portal does not", async () => {
    const one = await newChanger(world, { ...starter, addOns: { storage: 1 } });
    const { offers } = await one.access();
    for (const [planId, offer] of Object.entries(offers)) {
      const { status, body } = await one.preview({ planId });
      const can = status === 200;
      if (planId === "starter") continue;
      expect([planId, offer.kind === "switch"]).toEqual([planId, can]);
      if (offer.kind === "switch") expect([planId, offer.at]).toEqual([planId, body.at]);
    }
    expect(offers).toMatchObject({
      starter: { kind: "current", changes: false },
      team: { kind: "switch", to: "higher", at: "now" },
    });
    const refused = { status: 409, body: { error: { code: "nothing_to_manage" } } };
    const body = { flow: "switch_plan" };
    expect(await world.call("POST", "/portal", { as: one.user, body })).toMatchObject(refused);
    await one.agree({ planId: "team" });
    expect((await one.access()).planId).toBe("team");
  });

  test("takes it up once by two clicks, and says that it is done to whoever asks again", async () => {
    const one = await newChanger(world, starter);
    world.tick(day);
    const choice = { planId: "starter", addOns: { storage: 1 } };
    const { body } = await one.preview(choice);
    const before = await one.charged();
    const answers = await Promise.all([
      one.change({ ...choice, preview: body.token }),
      one.change({ ...choice, preview: body.token }),
    ]);
    expect(answers.filter(({ status }) => ![200, 409, 503].includes(status))).toEqual([]);
    expect((await one.charged()) - before).toBe(body.dueNow);
    expect(await one.change({ ...choice, preview: body.token })).toMatchObject({
      body: { status: "changed" },
    });
    expect(await linesAt(one)).toEqual(["starter:1", "storage:1"]);
  });

  test("stays as it is when the card fails, with what waited, and owes nothing", async () => {
    const one = await newChanger(world, { ...team, addOns: { help: 1 } });
    await one.agree({ planId: "team", addOns: {} });
    await one.payWith("pm_card_chargeCustomerFail");
    const { answer, paid } = await one.agree({ planId: "team", addOns: { help: 1 }, quantity: 5 });
    expect(answer).toMatchObject(refused("payment_failed", 402));
    expect(paid).toBe(0);
    await one.hear();
    expect(await linesAt(one)).toEqual(["team:2", "help:1"]);
    expect(await one.access()).toMatchObject({
      addOns: { help: 1 },
      subscription: { pendingChange: { planId: "team", quantity: 2, addOns: {} } },
    });
    expect((await one.invoices()).filter(({ status }) => status === "open")).toEqual([]);
  });

  test("has it once 3-D Secure is finished in the browser, and not when that is abandoned", async () => {
    const one = await newChanger(world, starter);
    world.tick(10 * day);
    await one.payWith("pm_card_authenticationRequired");
    const choice = { planId: "starter", addOns: { storage: 2 } };
    const { preview, answer, paid } = await one.agree(choice);
    expect(answer.body).toMatchObject({ status: "requires_action", access: { planId: "starter" } });
    expect([paid, answer.body.access.addOns]).toEqual([0, undefined]);
    const again = await one.change({ ...choice, preview: preview.token });
    expect(again.body).toMatchObject({ status: "requires_action", clientSecret: answer.body.clientSecret });
    await one.confirm(answer.body.clientSecret, "succeed");
    const done = await one.change({ ...choice, preview: preview.token });
    expect(done.body).toMatchObject({ status: "changed", access: { addOns: { storage: 2 } } });
    const three = await one.agree({ planId: "starter", addOns: { storage: 3 } });
    const five = await one.agree({ planId: "starter", addOns: { storage: 5 } });
    expect(five.answer.body, "another wish is another payment").toMatchObject({ status: "requires_action" });
    expect(five.answer.body.clientSecret).not.toBe(three.answer.body.clientSecret);
    world.tick(day);
    await one.hear();
    expect(await one.access()).toMatchObject({ addOns: { storage: 2 } });
    expect(await one.subscription()).toMatchObject({ pending_update: null });
  });

  test("drops one when its period ends, and keeps it when that is undone", async () => {
    const one = await newChanger(world, { ...starter, addOns: { storage: 3 } });
    const before = await one.subscription();
    world.tick(3 * day);
    const fewer = { planId: "starter", addOns: { storage: 1 } };
    const { preview, answer, paid } = await one.agree(fewer);
    const at = preview.effectiveAt;
    expect(preview).toMatchObject({
      kind: "downgrade",
      at: "period_end",
      addOns: [{ addOnId: "storage", becomes: "changed", from: 3, to: 1 }],
      dueNow: 0,
      lines: [],
      nextInvoice: { at, total: 1_400, due: 1_400 },
    });
    expect(paid).toBe(0);
    expect(answer.body).toMatchObject({
      status: "scheduled",
      access: {
        addOns: { storage: 3 },
        subscription: { pendingChange: { addOns: { storage: 1 }, at } },
        addOnOffers: { storage: { kind: "pending", quantity: 3, to: 1, at }, help: { kind: "not_for_plan" } },
      },
    });
    expect(await one.change(fewer)).toMatchObject(refused("nothing_to_change", 409));
    expect((await one.undo()).body).toMatchObject({
      undone: true,
      access: {
        subscription: { pendingChange: null },
        addOnOffers: { storage: { kind: "held", quantity: 3, amount: 500, changes: true } },
      },
    });
    expect(await one.subscription()).toEqual(before);
    await one.agree({ planId: "starter", addOns: {} });
    expect((await one.agree({ planId: "starter" })).preview).toMatchObject({ kind: "undo" });
    await one.agree({ planId: "starter", addOns: {} });
    const paidBefore = await one.charged();
    await renew(one, 28);
    expect((await one.charged()) - paidBefore).toBe(900);
    expect(await linesAt(one)).toEqual(["starter:1"]);
    expect((await one.access()) as object).not.toHaveProperty("addOns");
    await expectCalls(one.user, ["subscription.changed"]);
  });

  test("goes with its plan to another interval, now and at the period's end", async () => {
    const one = await newChanger(world, { ...max, addOns: { storage: 2 } });
    world.tick(10 * day);
    const yearly = await one.agree({ planId: "max", interval: "year" });
    expect(yearly.preview).toMatchObject({
      kind: "longer_interval",
      at: "now",
      addOns: [{ addOnId: "storage", becomes: "moved", from: 2, to: 2 }],
      nextInvoice: { total: 109_000 },
    });
    // Both are given back, and charged anew.
    expect(amountsOf(yearly.preview).map(Math.sign)).toEqual([-1, -1, 1, 1]);
    expect(yearly.paid).toBe(yearly.preview.dueNow);
    expect(await one.access()).toMatchObject({
      subscription: { interval: "year", addOns: [{ addOnId: "storage", quantity: 2, unitAmount: 5_000 }] },
    });
    const monthly = await one.agree({ planId: "max", interval: "month", addOns: { storage: 1 } });
    expect(monthly.preview).toMatchObject({
      kind: "shorter_interval",
      addOns: [{ becomes: "moved", from: 2, to: 1 }],
      nextInvoice: { total: 10_400, due: 10_400 },
    });
    const before = await one.charged();
    await renew(one, 366);
    expect((await one.charged()) - before).toBe(10_400);
    const { items } = await one.subscription();
    expect(items.data.map(({ price, quantity }) => [price.unit_amount, quantity])).toEqual([
      [9_900, 1],
      [500, 1],
    ]);
  });

  test("is taken off, with credit, by a plan that includes it", async () => {
    const one = await newChanger(world, { ...team, addOns: { help: 1 } });
    world.tick(15 * day);
    const { preview, paid, answer } = await one.agree({ planId: "max" });
    expect(preview).toMatchObject({
      kind: "upgrade",
      addOns: [{ addOnId: "help", becomes: "included", from: 1, to: 0 }],
      nextInvoice: { total: 9_900 },
    });
    // What is left of 99.00, less what is left of 2 × 15.00, and of the 15.00 of the add-on.
    const [plan = 0, extra = 0, next = 0] = amountsOf(preview);
    expect([plan, extra].map((amount) => Math.round((amount / next) * 9_900))).toEqual([-3_000, -1_500]);
    expect(paid).toBe(plan + extra + next);
    expect(answer.body.access).toMatchObject({ planId: "max", features: { support: { allowed: true } } });
    expect(await linesAt(one)).toEqual(["max:1"]);
  });

  test("is refused where it can't go along, until it is taken off before or with the change", async () => {
    const one = await newChanger(world, { ...team, addOns: { help: 1 } });
    const behind = (reason: string) => refused("unknown_add_on", 400, { addOnId: "help", reason });
    expect(await one.preview({ planId: "starter" })).toMatchObject(behind("plan"));
    expect(await one.change({ planId: "starter", addOns: { help: 1 } })).toMatchObject(behind("plan"));
    expect(await one.change({ planId: "pro", interval: "year" })).toMatchObject(behind("interval"));
    expect(await one.preview({ planId: "max", addOns: { help: 1 } })).toMatchObject(behind("included"));
    expect(await one.preview({ planId: "team", addOns: { storage: 1, help: 1 } })).toMatchObject(
      refused("unknown_add_on", 400, { addOnId: "storage", reason: "included" }),
    );
    expect(await one.preview({ planId: "team", addOns: { help: 2 } })).toMatchObject(
      refused("invalid_quantity", 400),
    );
    expect(await linesAt(one)).toEqual(["team:2", "help:1"]);
    const { preview, answer } = await one.agree({ planId: "starter", addOns: {} });
    expect(preview).toMatchObject({ kind: "downgrade", addOns: [{ becomes: "removed" }] });
    expect(answer.body).toMatchObject({ status: "scheduled" });
  });

  test("keeps its old price, and more of it are sold at that", async () => {
    const one = await newChanger(world, { ...starter, addOns: { storage: 1 } });
    const { items } = await one.subscription();
    const [, line] = items.data;
    const { product, metadata } = line?.price ?? { product: "", metadata: {} };
    const old = await world.dashboard.prices.create({
      product: String(product),
      currency: "usd",
      unit_amount: 300,
      recurring: { interval: "month" },
      metadata,
    });
    await world.dashboard.subscriptionItems.update(line?.id ?? "", {
      price: old.id,
      proration_behavior: "none",
    });
    world.tick(60);
    const { preview, paid } = await one.agree({ planId: "max", addOns: { storage: 3 } });
    expect(preview.nextInvoice).toMatchObject({ total: 9_900 + 3 * 300 });
    expect(paid).toBe(preview.dueNow);
    await one.agree({ planId: "max", interval: "year" });
    expect(await one.access()).toMatchObject({
      subscription: { addOns: [{ quantity: 3, unitAmount: 5_000 }] },
    });
  });

  test("costs nothing in a trial, which goes on", async () => {
    const one = await newChanger(world, { planId: "pro", interval: "month" });
    const { preview, paid } = await one.agree({ planId: "pro", addOns: { help: 1, storage: 1 } });
    expect(preview).toMatchObject({ at: "now", dueNow: 0, lines: [], nextInvoice: { total: 4_900 } });
    expect(paid).toBe(0);
    expect(await one.access()).toMatchObject({ addOns: { help: 1, storage: 1 } });
    await one.agree({ planId: "pro", addOns: { help: 1 } });
    await renew(one, 14);
    expect(await one.charged()).toBe(4_400);
  });

  test("is changed by the app's own code as by a person", async () => {
    const one = await newChanger(world, starter);
    const { subscriptions } = world.billing;
    const choice = { customerId: one.user, planId: "starter", addOns: { storage: 1 } } as const;
    const { token } = await subscriptions.preview(choice);
    expect(await subscriptions.change({ ...choice, preview: token })).toMatchObject({ status: "changed" });
    expect(await subscriptions.change({ ...choice, addOns: {} })).toMatchObject({ status: "scheduled" });
    expect(await subscriptions.undoChange({ customerId: one.user })).toMatchObject([{ addOns: {} }]);
  });
});
