import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { after } from "./price-migrations/catalogs.js";
import { type MigrationWorld, openMigrationWorld } from "./price-migrations/migration-world.js";

describeEachStore("a price that customers are to be moved to", (createStore) => {
  let world: MigrationWorld;
  let n = 0;
  const people: Record<string, string> = {};
  const who = (name: string) => people[name] ?? "";

  beforeAll(async () => {
    world = await openMigrationWorld(createStore());
    for (const name of ["ada", "bob", "eve", "fay", "gil", "hal", "ida"])
      people[name] = await world.buy("pro");
    people.trial = await world.buy("plus");
    people.crew = await world.buy("crew", { quantity: 7 });
    people.yearly = await world.buy("yearly", { interval: "year" });
    for (const name of ["busy", "calm"]) people[name] = await world.buy("large");
    await world.release();
  });
  afterAll(() => world.close());
  beforeEach(() => {
    n += 1;
  });

  const migrations = () => world.latest().priceMigrations;
  const wish = (...names: string[]) => ({
    planId: "pro",
    customerIds: names.map(who),
    at: world.in({ hours: 1 }),
  });
  const start = (names: string[], more: object = {}) =>
    migrations().start({ ...wish(...names), id: `migration-${n}`, ...more });
  const listed = async () => (await migrations().list({ limit: 100 })).items.map(({ id }) => id);
  const movedOf = async (id = `migration-${n}`) =>
    (await migrations().customers({ id, limit: 100 })).items.map(({ customerId }) => customerId);

  test("each is shown what they pay before and after, and from when; nothing is changed by it", async () => {
    const preview = await migrations().preview({ ...wish("crew", "ada"), planId: "crew" });
    const { currentPeriod } = await world.subscriptionOf(who("crew"));
    const customer = {
      ...{ customerId: who("crew"), quantity: 7, currency: "usd", interval: "month", access: [] },
      from: { total: 4_900 + 2 * 900 },
      to: { total: 5_900 + 4 * 1_000 },
      effectiveAt: currentPeriod?.end,
    };
    expect(preview).toMatchObject({ customers: [customer], counts: { moved: 1, skipped: {} }, blocked: [] });
    const later = await migrations().preview({ ...wish("ada"), at: world.in({ days: 40 }) });
    const [{ effectiveAt = "" } = {}] = later.customers;
    expect(effectiveAt >= world.in({ days: 40 }) && effectiveAt < world.in({ days: 72 })).toBe(true);
    expect(await listed()).toEqual([]);
  });

  test("nothing at all is written where one has no price to go to, or the provider has no such price", async () => {
    const every = { planId: "yearly", id: "yearly", at: world.in({ hours: 1 }) };
    const { blocked, counts } = await migrations().preview(every);
    expect(blocked).toMatchObject([{ reason: "unknown_price", interval: "year", customers: 1 }]);
    expect(counts.moved).toBe(0);
    await expect(migrations().start(every)).rejects.toMatchObject({
      code: "unknown_price",
      details: { interval: "year", customers: 1 },
    });
    const { pro, ...others } = after.plans;
    const dearer = { ...after, plans: { ...others, pro: { ...pro, prices: { month: { usd: 9_900 } } } } };
    const notPushed = world.another(dearer);
    await expect(notPushed.priceMigrations.start({ ...wish("ada"), id: "not-pushed" })).rejects.toMatchObject(
      { code: "price_not_pushed" },
    );
    expect(await listed()).toEqual([]);
  });

  test("whose sums differ from what the provider bills is named and left out, and so is who is held there", async () => {
    const { id, items } = await world.subscriptionOf(who("bob"));
    const stored = await world.store.findStoredSubscription(id, "stripe");
    const wrong = items.map((item) => ({ ...item, unitAmount: 1_900 }));
    if (stored === null) throw new Error("Bob has no subscription.");
    const save = { expectedRevision: stored.revision, callbacks: [], jobs: [] };
    await world.store.saveSubscription({ ...save, subscription: { ...stored.subscription, items: wrong } });
    const held = await world.subscriptionOf(who("eve"));
    const made = await world.stripe.subscriptionSchedules.create({ from_subscription: held.id });
    await world.stripe.subscriptionSchedules.update(made.id, { metadata: { made_by: "sales" } });
    const report = await start(["ada", "bob", "eve"], { at: world.in({ days: 300 }) });
    expect(report.counts).toMatchObject({ waiting: 1 });
    const { skipped, counts } = await migrations().preview(wish("bob", "eve", "ada"));
    expect(skipped).toContainEqual({ customerId: who("bob"), subscriptionId: id, reason: "sums_differ" });
    expect(counts.skipped).toEqual({ sums_differ: 1, foreign_schedule: 1, in_migration: 1 });
    expect(await movedOf()).toEqual([who("ada")]);
    await migrations().cancel(report.id);
  });

  test("who was promised their price is left out and counted, unless it is forced", async () => {
    await world.latest().prices.promise({ customerId: who("fay") });
    await world.latest().prices.promise({ customerId: who("gil"), until: world.in({ days: 3 }) });
    const { counts, skipped } = await migrations().preview(wish("fay", "gil"));
    expect(counts).toMatchObject({ moved: 1, skipped: { promised: 1 } });
    expect(skipped).toMatchObject([{ customerId: who("fay"), reason: "promised" }]);
    expect((await migrations().preview({ ...wish("fay"), force: true })).counts.moved).toBe(1);
    expect(await world.latest().prices.promised({ customerId: who("fay") })).toMatchObject({ until: null });
    expect(await world.latest().prices.release({ customerId: who("fay") })).toBe(true);
    expect((await migrations().preview(wish("fay"))).counts.moved).toBe(1);
  });

  test("who uses more than they would be granted is counted, and nobody is moved until that is decided", async () => {
    const { usage } = world.latest();
    const use = { feature: "messages", quantity: 120, idempotencyKey: "once" };
    await usage.record({ customerId: who("busy"), ...use });
    const both = { ...wish("busy", "calm"), planId: "large", toPlanId: "small" };
    const { customers, overLimitCount } = await migrations().preview(both);
    expect(overLimitCount).toBe(1);
    expect(customers.find(({ customerId }) => customerId === who("busy"))).toMatchObject({
      overLimit: [{ feature: "messages", used: 120, limit: 50 }],
      access: expect.arrayContaining([
        { feature: "messages", change: "lowered", from: 200, to: 50 },
        { feature: "export", change: "lost", from: null, to: 0 },
      ]),
    });
    await expect(start([], { ...both })).rejects.toMatchObject({
      code: "limit_reached",
      details: { customers: 1 },
    });
    await start([], { ...both, overLimit: "skip", id: "skipping" });
    expect(await movedOf("skipping")).toEqual([who("calm")]);
    await start([], { ...both, customerIds: [who("busy")], overLimit: "move", id: "moving" });
    expect(await movedOf("moving")).toEqual([who("busy")]);
  });

  test("however often and wherever it is started, there is one, as it was", async () => {
    const other = world.another();
    const own = { ...wish("hal"), id: "once" };
    const both = await Promise.all([migrations().start(own), other.priceMigrations.start(own)]);
    expect(both[0]).toEqual(both[1]);
    expect(both[0]).toMatchObject({ state: "running", counts: { waiting: 1 } });
    expect(await movedOf("once")).toEqual([who("hal")]);
    await expect(migrations().start({ ...own, noticeDays: 3 })).rejects.toMatchObject({
      code: "invalid_idempotency_key",
    });
    // The same wish under another id moves nobody twice.
    expect((await migrations().start({ ...own, id: "twice" })).counts.waiting).toBe(0);
  });

  test("what is no date, plan, id or number of days is refused", async () => {
    const own = { ...wish("ida"), id: "refused" };
    for (const [code, more] of [
      ["invalid_time", { at: "tomorrow" }],
      ["invalid_time", { at: "2020-01-01T00:00:00Z" }],
      ["unknown_plan", { planId: "none" }],
      ["plan_not_for_sale", { toPlanId: "free" }],
      ["unknown_price", { interval: "fortnight" }],
      ["invalid_options", { id: "" }],
      ["invalid_options", { noticeDays: -1 }],
      ["invalid_options", { overLimit: "maybe" }],
      ["invalid_return_url", { url: "https://elsewhere.example" }],
      ["invalid_customer_id", { customerIds: ["x".repeat(201)] }],
    ] as const) {
      const refused = migrations().start({ ...own, ...more } as typeof own);
      await expect(refused, JSON.stringify(more)).rejects.toMatchObject({ code });
    }
    await expect(migrations().cancel("none")).rejects.toMatchObject({ code: "not_found" });
    await expect(migrations().list({ limit: 0 })).rejects.toMatchObject({ code: "invalid_query" });
  });

  test("who has the new price already is counted, and nobody else", async () => {
    const early = await world.buy("pro");
    const preview = await migrations().preview({ ...wish(), customerIds: [early] });
    expect(preview.counts).toEqual({ moved: 0, unchanged: 1, skipped: {} });
  });
});
