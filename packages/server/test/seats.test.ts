import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { toRequest } from "./requests.js";
import { openSeatWorld } from "./seat-story.js";
import { newUser } from "./world.js";

describeEachStore("seats that follow members", (createStore) => {
  const { on, expectCalls } = recordCallbacks("seats.changed", "seats.unpaid");
  let story: Awaited<ReturnType<typeof openSeatWorld>>;
  let store: Store;
  beforeAll(async () => {
    store = createStore();
    story = await openSeatWorld({ store, on });
  });
  afterAll(() => story.world.close());

  const as = (user: string) => toRequest("GET", "/access", { as: user });
  const checked = async (user: string) =>
    (await story.world.billing.access(as(user))).check("members" as never);

  test("a member who comes is paid for at once, for what is left of the period; saying so again costs nothing", async () => {
    const one = await story.buyTeam(5);
    story.days(10);
    const { result, paid } = await story.paidFor(one, () => story.set(one, 6));
    expect(paid).toBe(await story.prorated(one, 5, 6));
    expect(result).toMatchObject({
      applied: true,
      used: 6,
      limit: 6,
      quantity: 6,
      next: null,
      problem: null,
    });
    expect((await story.paidFor(one, () => story.set(one, 6))).paid).toBe(0);
    expect(await story.billed(one)).toEqual([6]);
    await story.world.billing.runJobs();
    await expectCalls(one.user, ["seats.changed"]);
  });

  test("fewer work to the period's end, without proration, and fewer are billed then; the number is shown, and can be undone", async () => {
    const one = await story.buyTeam(10);
    await story.set(one, 10);
    story.days(10);
    const { result, paid } = await story.paidFor(one, () => story.set(one, 6));
    expect(paid).toBe(0);
    expect(result).toMatchObject({ used: 6, limit: 10, quantity: 10, next: { quantity: 6 } });
    expect(await checked(one.user)).toMatchObject({ allowed: true, remaining: 4 });
    expect((await one.undo()).status).toBe(200);
    expect(await story.read(one)).toMatchObject({ quantity: 10, next: null });
    await story.set(one, 6);
    expect(await story.read(one)).toMatchObject({ next: { quantity: 6 } });
    const renewed = await story.paidFor(one, () => story.renew(one, 21));
    expect(renewed.paid).toBe(6_000);
    expect(await story.read(one)).toMatchObject({ used: 6, limit: 6, quantity: 6, next: null });
    expect(await checked(one.user)).toMatchObject({ allowed: false, reason: "limit_reached", limit: 6 });
  });

  test("two leave and two others join in a paid period: that costs nothing, then or at the renewal", async () => {
    const one = await story.buyTeam(7);
    await story.set(one, 7);
    story.days(10);
    const { paid } = await story.paidFor(one, async () => {
      await story.set(one, 5);
      expect(await story.read(one)).toMatchObject({ next: { quantity: 5 } });
      story.days(7);
      await story.set(one, 7);
    });
    expect(paid).toBe(0);
    expect(await story.read(one)).toMatchObject({ used: 7, quantity: 7, next: null });
    expect((await story.paidFor(one, () => story.renew(one, 14))).paid).toBe(7_000);
  });

  test("what the quantity charges and what access allows are one number, whatever the plan contains", async () => {
    const one = await story.buyTeam(20);
    expect(await checked(one.user)).toMatchObject({ allowed: true, limit: 20 });
    await story.set(one, 20);
    expect(await checked(one.user)).toMatchObject({
      allowed: false,
      reason: "limit_reached",
      upgradeTo: null,
    });
    // A base contains five, and a package that is begun is paid for.
    const crew = await story.buyTeam(2, "crew");
    const crewPaid = await story.paidFor(crew, () => story.set(crew, 5));
    expect(crewPaid).toMatchObject({ paid: 0, result: { limit: 5, quantity: 2, next: null } });
    const packs = await story.buyTeam(6, "packs");
    expect((await story.paidFor(packs, () => story.set(packs, 10))).paid).toBe(0);
    expect(await checked(packs.user)).toMatchObject({ allowed: false, limit: 10 });
    expect((await story.paidFor(packs, () => story.set(packs, 11))).paid).toBe(5_000);
    expect(await checked(packs.user)).toMatchObject({ allowed: true, limit: 15, remaining: 4 });
  });

  test("nobody agrees on fewer than are in use: a person who asks for them is told how many are", async () => {
    const one = await story.buyTeam(10);
    await story.set(one, 8);
    const refused = {
      status: 400,
      body: { error: { code: "invalid_quantity", details: { inUse: 8, minimum: 8 } } },
    };
    expect(await one.preview({ planId: "team", quantity: 5 })).toMatchObject(refused);
    expect(await one.change({ planId: "team", quantity: 5 })).toMatchObject(refused);
    expect(await one.change({ planId: "team", interval: "year", quantity: 7 })).toMatchObject(refused);
    expect(await one.preview({ planId: "team", quantity: 9 })).toMatchObject({ status: 200 });
  });

  test("a ninth joins while eight are set for the next period: their seat is paid, and the next period has nine", async () => {
    const one = await story.buyTeam(10);
    await story.set(one, 8);
    expect(await story.read(one)).toMatchObject({ next: { quantity: 8 } });
    expect((await story.paidFor(one, () => story.set(one, 9))).paid).toBe(0);
    expect(await story.read(one)).toMatchObject({ quantity: 10, next: { quantity: 9 } });
    // Beyond what is paid for, one is bought, and nothing is lower any more.
    story.days(10);
    expect((await story.paidFor(one, () => story.set(one, 11))).paid).toBe(await story.prorated(one, 10, 11));
    expect(await story.read(one)).toMatchObject({ quantity: 11, next: null });
    expect((await story.paidFor(one, () => story.renew(one, 21))).paid).toBe(11_000);
    await story.settle();
    await expectCalls(one.user, ["seats.changed", "seats.changed", "seats.changed"]);
  });

  test("another plan that waits for the period's end is kept while a seat is bought, with room for everybody", async () => {
    const packs = await story.buyTeam(10, "packs");
    await story.set(packs, 8);
    expect((await packs.change({ planId: "team", quantity: 8 })).body).toMatchObject({ status: "scheduled" });
    await story.set(packs, 11);
    expect(await story.billed(packs)).toEqual([11]);
    const { subscription } = await packs.access();
    expect(subscription).toMatchObject({ planId: "packs", pendingChange: { planId: "team", quantity: 11 } });
  });

  test("a checkout that was opened for five and is paid when there are seven is settled to seven", async () => {
    const user = newUser();
    await story.world.billing.seats.set({ customerId: user, count: 3 });
    const opened = await story.world.call("POST", "/checkout", {
      as: user,
      body: { planId: "team", interval: "month", quantity: 5 },
    });
    await story.world.billing.seats.set({ customerId: user, count: 7, unpaid: "admit" });
    await story.world.pay(opened.body.id);
    await story.world.call("GET", `/checkout/${opened.body.id}`, { as: user });
    await story.settle();
    expect(await story.world.billing.seats.read({ customerId: user })).toMatchObject({
      quantity: 7,
      used: 7,
    });
    await expectCalls(user, ["seats.changed"]);
    // The page asks for no fewer than there are, and for as many where it doesn't say.
    const other = newUser();
    await story.world.billing.seats.set({ customerId: other, count: 7, unpaid: "admit" });
    const body = { planId: "team", interval: "month" };
    expect(
      await story.world.call("POST", "/checkout", { as: other, body: { ...body, quantity: 5 } }),
    ).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_quantity", details: { inUse: 7 } } },
    });
    await story.world.call("GET", `/checkout/${await story.world.buy(other, body)}`, { as: other });
    expect(await story.world.billing.seats.read({ customerId: other })).toMatchObject({ quantity: 7 });
    // Too many are told too.
    await story.world.billing.seats.set({ customerId: other, count: 4 });
    expect(await story.world.billing.seats.read({ customerId: other })).toMatchObject({
      next: { quantity: 4 },
    });
  });

  test("a trial begun with three has six by its end: they are billed then, and nothing before", async () => {
    const one = await story.buyTeam(3, "tried");
    await story.set(one, 3);
    story.days(5);
    const grown = await story.paidFor(one, () => story.set(one, 6));
    expect(grown).toMatchObject({ paid: 0, result: { quantity: 6, limit: 6 } });
    expect((await one.invoices()).flatMap(({ lines }) => lines.data.map(({ amount }) => amount))).toEqual([
      0,
    ]);
    expect((await story.paidFor(one, () => story.renew(one, 26))).paid).toBe(12_000);
  });

  test("from a flat plan with six to one by the seat: the preview begins with as many as there are", async () => {
    const user = newUser();
    await story.world.call(
      "GET",
      `/checkout/${await story.world.buy(user, { planId: "family", interval: "month" })}`,
      {
        as: user,
      },
    );
    await story.world.billing.seats.set({ customerId: user, count: 6 });
    const preview = await story.world.billing.subscriptions.preview({ customerId: user, planId: "team" });
    expect(preview).toMatchObject({ quantity: 6, nextInvoice: { total: 6_000 } });
  });

  test("where a plan includes a number of members, more are refused in the step that adds one, and fewer never", async () => {
    const user = newUser();
    const { seats } = story.world.billing;
    const members = ["ada@example.com"];
    // The sign-in service lists who is invited twice; what has run out takes no seat.
    const counted = await seats.set({
      customerId: user,
      members: [...members, "bob@example.com"],
      invited: [
        "bob@example.com",
        { id: "eve@example.com", expiresAt: "2026-11-01T00:00:00Z" },
        { id: "ada@example.com", expiresAt: new Date("2027-01-01T00:00:00Z") },
      ],
    });
    expect(counted).toMatchObject({ used: 2, limit: 3, quantity: null, planId: null });
    expect(await seats.set({ customerId: user, count: 3 })).toMatchObject({ used: 3 });
    await expect(seats.set({ customerId: user, count: 4 })).rejects.toMatchObject({
      code: "limit_reached",
      status: 402,
      details: { limit: 3, used: 4 },
    });
    // What is refused isn't shown as free of charge.
    await expect(seats.preview({ customerId: user, count: 4 })).rejects.toMatchObject({
      code: "limit_reached",
      details: { limit: 3, used: 4 },
    });
    expect(await seats.preview({ customerId: user, count: 2 })).toEqual({ kind: "unchanged" });
    expect(await seats.read({ customerId: user })).toMatchObject({ used: 3 });
    expect(await checked(user)).toMatchObject({
      allowed: false,
      reason: "limit_reached",
      upgradeTo: "family",
    });
    // More than are allowed are there, as after a plan has ended: whoever leaves, leaves.
    await seats.set({ customerId: user, count: 9, unpaid: "admit" });
    expect(await seats.set({ customerId: user, count: 8 })).toMatchObject({ applied: true, used: 8 });
    await expect(seats.set({ customerId: user, count: 9 })).rejects.toMatchObject({ code: "limit_reached" });
  });

  test("a card that is declined lets nobody in, and changes nothing; where they are let in, it is tried again until it is paid", async () => {
    const one = await story.buyTeam(5);
    await story.set(one, 5);
    await one.payWith("pm_card_chargeCustomerFail");
    await expect(story.set(one, 6)).rejects.toMatchObject({ code: "payment_failed", status: 402 });
    expect(await story.read(one)).toMatchObject({ used: 5, quantity: 5, problem: null, dueAt: null });
    const admitted = await story.world.billing.seats.set({ customerId: one.user, count: 6, unpaid: "admit" });
    expect(admitted).toMatchObject({ used: 6, quantity: 5, limit: 5, problem: "payment_failed" });
    await story.settle();
    await expectCalls(one.user, ["seats.unpaid"]);
    await one.payWith("pm_card_visa");
    story.world.tick(3600);
    await store.enqueueJobs([{ type: "settle_seats" }]);
    await story.settle();
    expect(await story.read(one)).toMatchObject({ used: 6, quantity: 6, problem: null, dueAt: null });
    await story.settle();
    await expectCalls(one.user, ["seats.changed", "seats.unpaid"]);
  });

  test("more than the plan is sold for are refused whole; where they are let in, as many are paid as there can be", async () => {
    const one = await story.buyTeam(48);
    await story.set(one, 48);
    const refused = await story.paidFor(one, () => story.set(one, 51).catch((error) => error));
    expect(refused).toMatchObject({
      paid: 0,
      result: { code: "limit_reached", details: { limit: 50, used: 51 } },
    });
    const admitted = await story.world.billing.seats.set({
      customerId: one.user,
      count: 51,
      unpaid: "admit",
    });
    expect(admitted).toMatchObject({ used: 51, quantity: 50, limit: 50, problem: "limit_reached" });
    expect(await story.set(one, 50)).toMatchObject({ used: 50, problem: null, dueAt: null });
    await story.settle();
    await expectCalls(one.user, ["seats.changed", "seats.unpaid"]);
  });

  test("a card that wants its holder buys nothing behind their back, not later either", async () => {
    const one = await story.buyTeam(5);
    await story.set(one, 5);
    await one.payWith("pm_card_authenticationRequired");
    await expect(story.set(one, 6)).rejects.toMatchObject({
      code: "payment_failed",
      details: { reason: "authentication_required" },
    });
    expect((await one.subscription()).pending_update).toBeNull();
    expect(await story.read(one)).toMatchObject({ used: 5, quantity: 5 });
  });

  test("what reduces is never held up: where the provider is out of reach, it is done when that is over", async () => {
    const one = await story.buyTeam(5);
    await story.set(one, 5);
    const cutOff = story.cutOff();
    expect(await cutOff.seats.set({ customerId: one.user, count: 3 })).toMatchObject({
      ...{ applied: true, used: 3, quantity: 5, next: null },
      ...{ problem: "provider_unavailable", dueAt: expect.any(String) },
    });
    // Who would have to be paid for is not let in meanwhile, and nothing is left behind of them.
    await expect(cutOff.seats.set({ customerId: one.user, count: 6 })).rejects.toMatchObject({
      code: "provider_unavailable",
    });
    expect(await story.read(one)).toMatchObject({ used: 3 });
    story.world.tick(120);
    await store.enqueueJobs([{ type: "settle_seats" }]);
    await story.settle();
    expect(await story.read(one)).toMatchObject({
      used: 3,
      next: { quantity: 3 },
      problem: null,
      dueAt: null,
    });
    await expectCalls(one.user, ["seats.changed"]);
    // Without a subscription, or with one that is over, too.
    await story.world.billing.subscriptions.cancel({ customerId: one.user, at: "now" });
    expect(await story.set(one, 2)).toMatchObject({ applied: true, used: 2, quantity: null });
  });

  test("reports that arrive in another order, or at two instances at once, come to the last that was counted", async () => {
    const one = await story.buyTeam(5);
    const other = story.world.instance({ store });
    const at = story.world.sandbox.now().getTime();
    const report = (count: number, seconds: number, billing = story.world.billing) =>
      billing.seats.set({ customerId: one.user, count, countedAt: new Date(at + seconds * 1000) });
    await report(7, 2);
    expect(await report(6, 1)).toMatchObject({ applied: false, used: 7 });
    expect(await report(7, 2)).toMatchObject({ applied: false, used: 7 });
    const { paid } = await story.paidFor(one, () =>
      Promise.all([report(8, 10), report(9, 11, other), report(8, 10, other), report(9, 11)]),
    );
    expect(await story.read(one)).toMatchObject({ used: 9, quantity: 9, next: null, dueAt: null });
    expect(paid).toBeLessThanOrEqual(2_000);
    expect(await story.billed(one)).toEqual([9]);
    await expect(report(10, 3600)).rejects.toMatchObject({ code: "invalid_time" });
  });

  test("who joins and leaves within the grace costs nothing; who stays is billed by the job that comes after it", async () => {
    const { seats } = story.world.instance({ seats: { graceHours: 24 } });
    const patient = story.world.instance({ seats: { graceHours: 24 } });
    const one = await story.buyTeam(5);
    const counted = (count: number) => seats.set({ customerId: one.user, count });
    await counted(5);
    const { paid, result } = await story.paidFor(one, () => counted(7));
    expect(paid).toBe(0);
    expect(result).toMatchObject({ used: 7, quantity: 5, dueAt: expect.any(String), problem: null });
    expect(await seats.preview({ customerId: one.user, count: 8 })).toMatchObject({ kind: "grace" });
    story.world.tick(23 * 3600);
    await counted(6);
    story.world.tick(3600);
    await store.enqueueJobs([{ type: "settle_seats" }]);
    const billed = await story.paidFor(one, () => patient.runJobs());
    expect(billed.paid).toBe(await story.prorated(one, 5, 6));
    expect(await story.read(one)).toMatchObject({ used: 6, quantity: 6, next: null, dueAt: null });
  });

  test("seats that were bought stay where nobody wants them lowered", async () => {
    const { seats } = story.world.instance({ seats: { lower: "never" } });
    const one = await story.buyTeam(10);
    expect(await seats.set({ customerId: one.user, count: 3 })).toMatchObject({
      used: 3,
      quantity: 10,
      next: null,
    });
  });

  test.each([
    [{ graceHours: -1 }, "seats.graceHours"],
    [{ graceHours: 1.5 }, "seats.graceHours"],
    [{ lower: "now" }, "seats.lower"],
    [{ unpaid: "maybe" }, "seats.unpaid"],
  ])("%o is refused when billing is made", (seats, option) => {
    expect(() => story.world.instance({ seats } as never)).toThrow(
      expect.objectContaining({ code: "invalid_options", details: { option } }),
    );
  });

  test("a preview is refused, and not free of charge, where the app's clock is behind the provider's", async () => {
    const one = await story.buyTeam(5);
    await story.set(one, 5);
    const then = story.world.sandbox.now();
    story.days(32);
    await one.hear();
    const { seats } = story.world.instance({ clock: () => then });
    await expect(seats.preview({ customerId: one.user, count: 7 })).rejects.toMatchObject({
      code: "preview_outdated",
    });
  });

  test("a preview says what it would cost, to the unit, and when", async () => {
    const one = await story.buyTeam(5);
    await story.set(one, 5);
    story.days(10);
    const { seats } = story.world.billing;
    const preview = await seats.preview({ customerId: one.user, count: 7 });
    const dueNow = await story.prorated(one, 5, 7);
    expect(preview).toMatchObject({ kind: "change", change: { at: "now", quantity: 7, dueNow } });
    expect(await seats.preview({ customerId: one.user, count: 3 })).toMatchObject({
      kind: "change",
      change: { at: "period_end", quantity: 3, dueNow: 0 },
    });
    expect(await seats.preview({ customerId: one.user, count: 5 })).toEqual({ kind: "unchanged" });
    await expect(seats.preview({ customerId: one.user, count: 51 })).rejects.toMatchObject({
      code: "limit_reached",
      details: { limit: 50, used: 51 },
    });
    expect((await story.paidFor(one, () => story.set(one, 7))).paid).toBe(dueNow);
  });

  test("seats of another group are its own", async () => {
    const one = await story.buyTeam(2);
    const { seats } = story.world.billing;
    await story.world.call(
      "GET",
      `/checkout/${await story.world.buy(one.user, { planId: "fleet", interval: "month", quantity: 4 })}`,
      {
        as: one.user,
      },
    );
    expect(await seats.set({ customerId: one.user, group: "fleet", count: 5 })).toMatchObject({
      group: "fleet",
      planId: "fleet",
      quantity: 5,
    });
    expect(await seats.read({ customerId: one.user })).toMatchObject({ group: "main", used: 0, quantity: 2 });
    const access = await story.world.billing.access(as(one.user));
    expect(access.check("devices" as never)).toMatchObject({ allowed: false, limit: 5 });
  });

  test.each([
    ["half a member", { count: 2.5 }, "invalid_quantity"],
    ["fewer than none", { count: -1 }, "invalid_quantity"],
    ["nobody with a name", { members: ["ada", ""] }, "invalid_quantity"],
    ["a group without plans", { count: 1, group: "fax" }, "unknown_plan"],
    ["a time that is none", { count: 1, countedAt: "yesterday" }, "invalid_time"],
  ])("%s is refused, and changes nothing", async (_, wish, code) => {
    const customerId = newUser();
    await expect(story.world.billing.seats.set({ customerId, ...wish } as never)).rejects.toMatchObject({
      code,
      status: 400,
    });
    expect(await store.listSeats(customerId)).toEqual([]);
  });
});
