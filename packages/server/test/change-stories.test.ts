import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Changer, changerOf, newChanger } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { recordCallbacks } from "./record-callbacks.js";
import { priceOf, subscribeByHand } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

const day = 86_400;
const starter = { planId: "starter", interval: "month" };
const team = { planId: "team", interval: "month", quantity: 5 };

describeEachStore("a subscription that is changed", (createStore) => {
  const { on, expectCalls } = recordCallbacks("subscription.changed");
  let world: World;
  let store: Store;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual", rateLimits: false, on });
  });
  afterAll(() => world.close());

  const refused = (code: string, status = 409) => ({ status, body: { error: { code } } });
  const planAt = async (one: Changer) => {
    const { items } = await one.subscription();
    return items.data.map(({ price, quantity }) => [price.metadata.tollgate_plan, quantity]);
  };
  /** Time passes until the renewal is paid, and the provider tells of it. */
  const renew = async (one: Changer, days: number) => {
    world.tick(days * day);
    world.tick(2 * 3600);
    await one.hear();
  };

  test("is upgraded now, for exactly what was previewed, and a webhook that comes later changes nothing", async () => {
    const one = await newChanger(world, starter);
    world.tick(10 * day);
    const { preview, answer, paid } = await one.agree({ planId: "pro" });
    expect(preview).toMatchObject({
      kind: "upgrade",
      at: "now",
      planId: "pro",
      interval: "month",
      credit: 0,
    });
    // 20 of 30 days: 19.33 for what is left of Pro, less 6.00 for what is left of Starter.
    expect(preview).toMatchObject({ dueNow: 1333, total: 1333, nextInvoice: { total: 2900, due: 2900 } });
    expect(preview.lines.map(({ amount }: { amount: number }) => amount).sort()).toEqual([-600, 1933]);
    expect(paid).toBe(1333);
    expect(answer).toMatchObject({ status: 200, body: { status: "changed", access: { planId: "pro" } } });
    await one.hear();
    expect(await one.access()).toMatchObject({ planId: "pro" });
    await expectCalls(one.user, ["subscription.changed"]);
    expect((await one.subscription()).status).toBe("active");
  });

  test("is changed and charged once by two clicks in two tabs at two instances", async () => {
    const one = await newChanger(world, starter);
    world.tick(day);
    const [first, second] = [await one.preview({ planId: "pro" }), await one.preview({ planId: "pro" })];
    const before = await one.charged();
    const other = world.instance();
    const click = (preview: string, billing = world.billing) =>
      world.call("POST", "/subscription/change", { as: one.user, body: { planId: "pro", preview }, billing });
    const answers = await Promise.all([
      click(first.body.token),
      click(first.body.token, other),
      click(second.body.token),
      click(second.body.token, other),
    ]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => ![200, 409, 503].includes(status))).toEqual([]);
    expect((await one.charged()) - before).toBe(first.body.dueNow);
    // The answer got lost: called again, it is done.
    expect(await click(first.body.token)).toMatchObject({ status: 200, body: { status: "changed" } });
    expect((await one.charged()) - before).toBe(first.body.dueNow);
    expect(await one.change({ planId: "pro" })).toMatchObject(refused("nothing_to_change"));
  });

  test("charges what one of two tabs was shown when they want different things", async () => {
    const one = await newChanger(world, starter);
    world.tick(day);
    const pro = await one.preview({ planId: "pro" });
    const five = await one.preview({ planId: "team", quantity: 5 });
    const before = await one.charged();
    const answers = await Promise.all([
      one.change({ planId: "pro", preview: pro.body.token }),
      one.change({ planId: "team", quantity: 5, preview: five.body.token }),
    ]);
    const made = answers.map(({ status }, index) => status === 200 && [pro, five][index]?.body.dueNow);
    const shown = made.filter((due) => due !== false);
    expect(shown).toHaveLength(1);
    expect((await one.charged()) - before).toBe(shown[0]);
  });

  test("keeps the old plan when the card fails, and owes nothing", async () => {
    const one = await newChanger(world, starter);
    world.tick(10 * day);
    await one.payWith("pm_card_chargeCustomerFail");
    const { answer, paid } = await one.agree({ planId: "pro" });
    expect(answer).toMatchObject(refused("payment_failed", 402));
    expect(paid).toBe(0);
    await one.hear();
    expect(await planAt(one)).toEqual([["starter", 1]]);
    expect(await one.subscription()).toMatchObject({ status: "active", pending_update: null });
    expect(await one.access()).toMatchObject({ planId: "starter", attention: null });
    expect((await one.invoices()).filter(({ status }) => status === "open")).toEqual([]);
    await one.payWith("pm_card_visa");
    const { preview, answer: made, paid: later } = await one.agree({ planId: "pro" });
    expect(made).toMatchObject({ status: 200 });
    expect(later).toBe(preview.dueNow);
    await one.hear();
    await expectCalls(one.user, ["subscription.changed"]);
  });

  test("keeps a downgrade that waits when the upgrade in its place is declined", async () => {
    const one = await newChanger(world, team);
    await one.agree({ planId: "starter" });
    await one.payWith("pm_card_chargeCustomerFail");
    const { answer } = await one.agree({ planId: "team", quantity: 9 });
    expect(answer).toMatchObject(refused("payment_failed", 402));
    await one.hear();
    const { subscription } = await one.access();
    expect(subscription).toMatchObject({ planId: "team", quantity: 5, pendingChange: { planId: "starter" } });
  });

  test("is upgraded once 3-D Secure is finished in the browser", async () => {
    const one = await newChanger(world, starter);
    world.tick(10 * day);
    await one.payWith("pm_card_authenticationRequired");
    const { preview, answer, paid } = await one.agree({ planId: "pro" });
    expect(answer.body).toMatchObject({ status: "requires_action", access: { planId: "starter" } });
    expect(paid).toBe(0);
    const again = await one.change({ planId: "pro", preview: preview.token });
    expect(again.body, "asking again gives the same payment").toMatchObject({
      status: "requires_action",
      clientSecret: answer.body.clientSecret,
    });
    const before = await one.charged();
    await one.confirm(answer.body.clientSecret, "succeed");
    expect((await one.charged()) - before).toBe(preview.dueNow);
    const done = await one.change({ planId: "pro", preview: preview.token });
    expect(done.body).toMatchObject({ status: "changed", access: { planId: "pro" } });
    await one.hear();
    await expectCalls(one.user, ["subscription.changed"]);
  });

  test("stays as it is when 3-D Secure is abandoned", async () => {
    const one = await newChanger(world, starter);
    await one.payWith("pm_card_authenticationRequired");
    await one.agree({ planId: "pro" });
    world.tick(day);
    await one.hear();
    expect(await planAt(one)).toEqual([["starter", 1]]);
    expect(await one.subscription()).toMatchObject({ status: "active", pending_update: null });
    expect((await one.invoices()).filter(({ status }) => status === "open")).toEqual([]);
    await expectCalls(one.user, []);
  });

  test("forgets an upgrade that waits for 3-D Secure when it is undone", async () => {
    const one = await newChanger(world, starter);
    await one.payWith("pm_card_authenticationRequired");
    const { answer } = await one.agree({ planId: "pro" });
    await one.undo();
    await one.confirm(answer.body.clientSecret, "succeed");
    expect(await planAt(one)).toEqual([["starter", 1]]);
  });

  test("is downgraded at the period's end, and billed for it then", async () => {
    const one = await newChanger(world, team);
    world.tick(3 * day);
    const { preview, answer, paid } = await one.agree({ planId: "starter" });
    const { currentPeriod } = (await one.access()).subscription as { currentPeriod: { end: string } };
    const at = currentPeriod.end;
    expect(preview).toMatchObject({
      kind: "downgrade",
      at: "period_end",
      effectiveAt: at,
      dueNow: 0,
      lines: [],
    });
    expect(preview.nextInvoice).toEqual({ at, total: 900, due: 900 });
    expect(answer.body).toMatchObject({
      status: "scheduled",
      access: { planId: "team", subscription: { pendingChange: { planId: "starter", at } } },
    });
    expect(paid).toBe(0);
    const before = await one.charged();
    await renew(one, 28);
    expect(await one.access()).toMatchObject({ planId: "starter", subscription: { pendingChange: null } });
    expect((await one.charged()) - before).toBe(900);
    await expectCalls(one.user, ["subscription.changed"]);
    // What has happened holds nothing up.
    expect((await one.agree({ planId: "pro" })).answer).toMatchObject({ status: 200 });
    expect((await one.subscription()).schedule).toBeNull();
  });

  test("can be upgraded again before the downgrade happens", async () => {
    const one = await newChanger(world, team);
    await one.agree({ planId: "starter" });
    world.tick(day);
    const more = await one.agree({ planId: "team", quantity: 8 });
    expect(more.preview).toMatchObject({ kind: "more_seats", nextInvoice: { total: 12_000, due: 12_000 } });
    expect(more.paid).toBe(more.preview.dueNow);
    const { subscription } = await one.access();
    expect(subscription).toMatchObject({ planId: "team", quantity: 8, pendingChange: null });
    const before = await one.charged();
    await renew(one, 30);
    expect((await one.charged()) - before).toBe(12_000);
    expect(await planAt(one)).toEqual([["team", 8]]);
  });

  test("keeps what it has when that is chosen again, and when the change is undone by one call", async () => {
    const one = await newChanger(world, team);
    const before = await one.subscription();
    await one.agree({ planId: "starter" });
    const again = await one.agree({ planId: "team", quantity: 5 });
    expect(again.preview).toMatchObject({ kind: "undo", dueNow: 0, lines: [], nextInvoice: { total: 7500 } });
    expect(again.answer.body).toMatchObject({
      status: "undone",
      access: { subscription: { pendingChange: null } },
    });
    await one.agree({ planId: "pro" });
    expect((await one.undo()).body).toMatchObject({ undone: true, access: { planId: "team" } });
    expect((await one.undo()).body).toMatchObject({ undone: false });
    expect(await one.subscription()).toEqual(before);
    expect((await one.invoices()).length).toBe(1);
    await one.hear();
    await expectCalls(one.user, []);
  });

  test("goes from a month to a year now, and back to months when the year is over", async () => {
    const one = await newChanger(world, starter);
    world.tick(5 * day);
    const up = await one.agree({ planId: "pro", interval: "year" });
    expect(up.preview).toMatchObject({ kind: "longer_interval", at: "now", interval: "year" });
    expect(up.paid).toBe(up.preview.dueNow);
    const end = (await one.subscription()).items.data[0]?.current_period_end ?? 0;
    const { preview } = await one.agree({ planId: "pro", interval: "month" });
    expect(preview).toMatchObject({
      kind: "shorter_interval",
      at: "period_end",
      effectiveAt: new Date(end * 1000).toISOString(),
      nextInvoice: { total: 2900, due: 2900 },
    });
    const before = await one.charged();
    await renew(one, 300);
    expect((await one.charged()) - before).toBe(0);
    await renew(one, 66);
    expect((await one.charged()) - before).toBe(2900);
    expect(await one.access()).toMatchObject({ subscription: { planId: "pro", interval: "month" } });
  });

  test("draws months from what is left of a year, where a shorter interval happens now, and then costs what it costs", async () => {
    const one = await newChanger(world, starter);
    await one.agree({ planId: "pro", interval: "year" });
    const now = world.instance({ changes: { shorterInterval: { at: "now", prorate: true } } });
    const wish = { customerId: one.user, planId: "pro", interval: "month" } as const;
    const paid = await one.charged();
    const preview = await now.subscriptions.preview(wish);
    expect(preview).toMatchObject({
      at: "now",
      dueNow: 0,
      credit: 26_100,
      nextInvoice: { total: 2_900, due: 0 },
    });
    expect(await now.subscriptions.change({ ...wish, preview: preview.token })).toMatchObject({
      status: "changed",
    });
    for (let month = 1; month <= 9; month += 1) await renew(one, 31);
    expect(await one.charged()).toBe(paid);
    expect((await world.billing.credit.read({ customerId: one.user })).balance).toBe(0);
    await renew(one, 31);
    expect((await one.charged()) - paid).toBe(2_900);
  });

  test("is billed for a whole year from the period's end when a year of a cheaper plan waits, not for the rest of one", async () => {
    const one = await newChanger(world, { ...team, quantity: 40 });
    world.tick(3 * day);
    const { preview, answer } = await one.agree({ planId: "pro", interval: "year" });
    expect([preview.at, answer.body.status]).toEqual(["period_end", "scheduled"]);
    await renew(one, 29);
    const { at, total, due } = preview.nextInvoice;
    const [latest] = await one.invoices();
    expect(latest).toMatchObject({ total, amount_paid: due });
    const [item] = (await one.subscription()).items.data;
    expect(item?.price.unit_amount).toBe(total);
    const until = new Date(Date.parse(at) + 365 * day * 1000).toISOString();
    expect((await one.access()).subscription).toMatchObject({ currentPeriod: { start: at, end: until } });
  });

  test("has fewer seats later at an old price that was archived since", async () => {
    const one = await newChanger(world, team);
    const { items } = await one.subscription();
    const old = items.data[0]?.price;
    if (old === undefined) throw new Error("They have no plan.");
    const { product, metadata, lookup_key } = old;
    const { prices } = world.dashboard;
    const moved = { lookup_key: lookup_key ?? "", transfer_lookup_key: true };
    const terms = {
      currency: "usd",
      unit_amount: 2_000,
      recurring: { interval: "month" },
      metadata,
    } as const;
    const today = await prices.create({ product: String(product), ...terms, ...moved });
    await prices.update(old.id, { active: false });

    const { preview, answer } = await one.agree({ planId: "team", quantity: 2 });
    expect(preview).toMatchObject({ kind: "fewer_seats", at: "period_end", dueNow: 0 });
    expect(answer).toMatchObject({ status: 200, body: { status: "scheduled" } });
    // Another wish for later, while one waits already.
    expect((await one.agree({ planId: "team", quantity: 3 })).answer.status).toBe(200);
    await one.hear();
    expect((await one.access()).subscription).toMatchObject({
      pendingChange: { planId: "team", quantity: 3 },
    });
    expect(await prices.retrieve(old.id)).toMatchObject({ active: false, lookup_key: null });
    expect(await prices.retrieve(today.id)).toMatchObject({ active: true });
    await renew(one, 32);
    const after = await one.subscription();
    expect(after.items.data.map(({ price, quantity }) => [price.id, quantity])).toEqual([[old.id, 3]]);
    await prices.update(today.id, { active: false });
    await prices.update(old.id, { active: true, ...moved });
  });

  test("gets more seats now and fewer later", async () => {
    const one = await newChanger(world, team);
    world.tick(15 * day);
    const up = await one.agree({ planId: "team", quantity: 8 });
    expect(up.preview).toMatchObject({ kind: "more_seats", at: "now", nextInvoice: { total: 12_000 } });
    expect(up.paid).toBe(up.preview.dueNow);
    const down = await one.agree({ planId: "team", quantity: 3 });
    expect(down.preview).toMatchObject({ kind: "fewer_seats", at: "period_end", dueNow: 0 });
    expect(await one.access()).toMatchObject({
      subscription: { quantity: 8, pendingChange: { quantity: 3 } },
    });
    const before = await one.charged();
    await renew(one, 17);
    expect((await one.charged()) - before).toBe(4500);
    expect(await one.access()).toMatchObject({ subscription: { quantity: 3, pendingChange: null } });
  });

  test("keeps its day of the month, the 31st, through changes in short months", async () => {
    const now = world.sandbox.now();
    const january = new Date(Date.UTC(now.getUTCFullYear() + 1, 0, 31, 9));
    world.sandbox.advance(january);
    const one = await newChanger(world, starter);
    await renew(one, 35);
    const up = await one.agree({ planId: "pro" });
    expect(up.paid).toBe(up.preview.dueNow);
    expect(up.preview.nextInvoice).toMatchObject({ at: expect.stringMatching(/-03-31T/), due: 2900 });
    await one.agree({ planId: "starter" });
    const ends: string[] = [];
    for (const days of [27, 30, 31]) {
      await renew(one, days);
      const { currentPeriod } = (await one.access()).subscription as { currentPeriod: { end: string } };
      ends.push(currentPeriod.end.slice(5, 10));
    }
    expect(ends).toEqual(["04-30", "05-31", "06-30"]);
  });

  test("keeps a coupon for three months for three months, through changes now and later", async () => {
    const one = await newChanger(world, team);
    const coupon = await world.dashboard.coupons.create({
      percent_off: 50,
      duration: "repeating",
      duration_in_months: 3,
    });
    const { id } = await one.subscription();
    await world.dashboard.subscriptions.update(id, { discounts: [{ coupon: coupon.id }] });
    const up = await one.agree({ planId: "team", quantity: 6 });
    expect(up.paid).toBe(up.preview.dueNow);
    expect(up.preview.nextInvoice).toMatchObject({ total: 4500 });
    const down = await one.agree({ planId: "starter" });
    expect(down.preview.nextInvoice).toMatchObject({ total: 450 });
    for (let month = 0; month < 4; month += 1) await renew(one, 31);
    // What the coupon gave back pays for some of it.
    const renewals = (await one.invoices()).filter(
      (invoice) => invoice.billing_reason === "subscription_cycle",
    );
    expect(renewals.map(({ total }) => total).reverse()).toEqual([450, 450, 900, 900]);
  });

  test("costs nothing in a trial, which goes on", async () => {
    const one = await newChanger(world, { planId: "pro", interval: "month" });
    world.tick(day);
    const { preview, paid } = await one.agree({ planId: "team", quantity: 4 });
    expect(preview).toMatchObject({
      at: "now",
      dueNow: 0,
      lines: [],
      nextInvoice: { total: 6000, due: 6000 },
    });
    expect(paid).toBe(0);
    expect(await one.access()).toMatchObject({ planId: "team", subscription: { status: "trialing" } });
    expect((await one.invoices()).filter(({ total }) => total !== 0)).toEqual([]);
    await renew(one, 14);
    expect(await one.charged()).toBe(6000);
  });

  test("is not changed while a payment is overdue, and is once it is settled", async () => {
    const one = await newChanger(world, starter);
    await one.payWith("pm_card_chargeCustomerFail");
    await renew(one, 32);
    expect(await one.change({ planId: "pro" })).toMatchObject(refused("payment_overdue", 402));
    await one.payWith("pm_card_visa");
    const [open] = (await one.invoices()).filter(({ status }) => status === "open");
    await world.dashboard.invoices.pay(open?.id ?? "");
    expect((await one.agree({ planId: "pro" })).answer).toMatchObject({ status: 200 });
  });

  test("is not changed while it is paused, or before it ends", async () => {
    const one = await newChanger(world, starter);
    const { id } = await one.subscription();
    const { subscriptions } = world.dashboard;
    await subscriptions.update(id, { pause_collection: { behavior: "void" } });
    expect(await one.preview({ planId: "pro" })).toMatchObject(refused("subscription_paused"));
    await subscriptions.update(id, { pause_collection: "" });
    await subscriptions.update(id, { cancel_at_period_end: true });
    expect(await one.change({ planId: "pro" })).toMatchObject(refused("cancel_scheduled"));
    await subscriptions.update(id, { cancel_at_period_end: false });
    expect(await one.preview({ planId: "pro" })).toMatchObject({ status: 200 });
    await subscriptions.cancel(id);
    expect(await one.change({ planId: "pro" })).toMatchObject(refused("subscription_ended"));
  });

  test("is left alone where somebody else's schedule holds it", async () => {
    const one = await newChanger(world, team);
    const { id } = await one.subscription();
    const schedules = world.dashboard.subscriptionSchedules;
    const { id: schedule, phases } = await schedules.create({ from_subscription: id });
    const [phase] = phases;
    const items = (phase?.items ?? []).map(({ price, quantity = 1 }) => ({ price: String(price), quantity }));
    const given = { start_date: phase?.start_date ?? 0, end_date: phase?.end_date ?? 0, items };
    const later = { items: items.map((item) => ({ ...item, quantity: 4 })), duration: { interval: "month" } };
    await schedules.update(schedule, { phases: [given, { ...later, duration: { interval: "month" } }] });
    for (const choice of [{ planId: "pro" }, { planId: "team", quantity: 9 }])
      expect(await one.change(choice)).toMatchObject(refused("foreign_schedule"));
    expect(await one.undo()).toMatchObject(refused("foreign_schedule"));
    expect(await schedules.retrieve(schedule)).toMatchObject({ status: "active", phases: [{}, {}] });
  });

  test("takes over the schedule that a crash between two steps left", async () => {
    const one = await newChanger(world, team);
    const { id } = await one.subscription();
    await world.dashboard.subscriptionSchedules.create({ from_subscription: id });
    expect((await one.agree({ planId: "starter" })).answer.body).toMatchObject({ status: "scheduled" });
    expect(await one.access()).toMatchObject({ subscription: { pendingChange: { planId: "starter" } } });
  });

  test("is not changed for anything but what was shown", async () => {
    const one = await newChanger(world, starter);
    world.tick(day);
    const choice = { planId: "pro" };
    const { body } = await one.preview(choice);
    const before = await one.subscription();
    const paid = await one.charged();
    await world.dashboard.customers.createBalanceTransaction(one.customer, { amount: -500, currency: "usd" });
    const outdated = refused("preview_outdated");
    expect(await one.change({ ...choice, preview: body.token })).toMatchObject(outdated);
    expect(await one.change({ planId: "team", preview: body.token }), "of another plan").toMatchObject(
      outdated,
    );
    const fresh = await one.preview(choice);
    expect(fresh.body).toMatchObject({ dueNow: body.dueNow - 500, total: body.total });
    const [moment, digest] = fresh.body.token.split(".");
    const sooner = `${(Number.parseInt(moment, 36) - 600).toString(36)}.${digest}`;
    expect(await one.change({ ...choice, preview: sooner }), "with another moment").toMatchObject(outdated);
    expect(await one.change({ ...choice, preview: "made-up" })).toMatchObject(outdated);
    world.tick(1801);
    expect(await one.change({ ...choice, preview: fresh.body.token }), "too old").toMatchObject(outdated);
    expect(await one.subscription()).toEqual(before);
    expect(await one.charged()).toBe(paid);
    const late = await one.preview(choice);
    world.tick(1700);
    const made = await one.change({ ...choice, preview: late.body.token });
    expect(made).toMatchObject({ status: 200 });
    expect((await one.charged()) - paid, "minutes later it is still what was shown").toBe(late.body.dueNow);
  });

  test("that was brought along is priced by what the provider bills, though no invoice of it is known here", async () => {
    const user = newUser();
    world.tick(60);
    const customer = await subscribeByHand(world, user, await priceOf(world, "pro"));
    await store.linkCustomer({ customerId: user, provider: "stripe", providerCustomerId: customer });
    await world.billing.reconcile({ customerId: user, repair: true });
    const one = changerOf(world, user, customer);
    world.tick(10 * day);
    const down = await one.agree({ planId: "starter", interval: "month" });
    expect(down.preview).toMatchObject({ kind: "downgrade", at: "period_end", dueNow: 0, lines: [] });
    await one.undo();
    const up = await one.agree({ planId: "team", interval: "month", quantity: 4 });
    // What is left of 60.00 less what is left of the 29.00 that were paid before it came here.
    expect(up.preview.lines.map(({ amount }: { amount: number }) => Math.sign(amount)).sort()).toEqual([
      -1, 1,
    ]);
    expect(up.preview.dueNow).toBeLessThan(6000 - 2900);
    expect(up.paid).toBe(up.preview.dueNow);
    expect(await one.charged()).toBe(2900 + up.paid);
  });

  test("is not charged by a token from before its renewal", async () => {
    const one = await newChanger(world, starter);
    const period = (await one.subscription()).items.data[0]?.current_period_end ?? 0;
    world.sandbox.advance(new Date((period - 60) * 1000));
    const { body } = await one.preview({ planId: "pro" });
    world.tick(600);
    const answer = await one.change({ planId: "pro", preview: body.token });
    expect(answer).toMatchObject(refused("preview_outdated"));
    expect(await planAt(one)).toEqual([["starter", 1]]);
  });
});
