import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { after } from "./price-migrations/catalogs.js";
import { type MigrationWorld, openMigrationWorld } from "./price-migrations/migration-world.js";

const names = [
  "ada",
  "cancels",
  "pauses",
  "switches",
  "promised",
  "late",
  "debtor",
  "withdrawn",
  "held",
  "gone",
];

describeEachStore("a customer who is moved to a new price", (createStore) => {
  let world: MigrationWorld;
  const people: Record<string, string> = {};
  const who = (name: string) => people[name] ?? "";

  beforeAll(async () => {
    world = await openMigrationWorld(createStore());
    for (const name of names) people[name] = await world.buy("pro");
    people.trial = await world.buy("plus");
    people.seats = await world.buy("team", { quantity: 3 });
    for (const name of ["calm", "leaving"]) people[name] = await world.buy("large");
    await world.release();
    const shared = { at: world.in({ hours: 1 }), noticeDays: 7 };
    const { priceMigrations: migrations } = world.latest();
    const moved = names.filter((name) => name !== "withdrawn").map(who);
    await migrations.start({ ...shared, id: "pro", planId: "pro", customerIds: moved });
    await migrations.start({ ...shared, id: "gone", planId: "pro", customerIds: [who("withdrawn")] });
    await migrations.start({ ...shared, id: "plus", planId: "plus", url: "/plan" });
    await migrations.start({ ...shared, id: "team", planId: "team" });
    await migrations.start({ ...shared, id: "large", planId: "large", toPlanId: "small", overLimit: "move" });
    await world.app.settle();
  });
  afterAll(() => world.close());

  const entryOf = async (name: string, id = "pro") => {
    const { items } = await world.latest().priceMigrations.customers({ id, limit: 100 });
    return items.find(({ customerId }) => customerId === who(name));
  };
  const toldTo = (name: string) => world.toldTo(who(name)).map(({ type }) => type);
  const billed = (name: string) => world.billed(who(name));
  const subscriptions = () => world.latest().subscriptions;
  const customer = (name: string) => ({ customerId: who(name) });

  test("who has paid nothing yet hears what they would have paid and what they will pay", async () => {
    const { trialEndsAt } = await world.subscriptionOf(who("trial"));
    expect(world.toldTo(who("trial"))).toEqual([]);
    await world.renew(who("trial"), -24 * 5);
    await world.round();
    await world.round();
    expect(world.toldTo(who("trial"))).toMatchObject([
      {
        type: "price_change.announced",
        data: {
          ...{ oldAmount: 2_900, newAmount: 4_500, currency: "usd", interval: "month", quantity: 1 },
          ...{ effectiveAt: trialEndsAt, manageUrl: "https://app.example.com/plan", migrationId: "plus" },
        },
      },
    ]);
    await world.renew(who("trial"), -3);
    await world.round();
    await world.renew(who("trial"), 2);
    await world.round();
    expect(await billed("trial")).toEqual([[0], [4_500]]);
    expect(toldTo("trial")).toEqual(["price_change.announced", "price_change.applied"]);
  });

  test("each is told a week before, and what they do until then counts", async () => {
    await world.renew(who("ada"), -24 * 6);
    await world.round();
    const { currentPeriod } = await world.subscriptionOf(who("ada"));
    expect(world.toldTo(who("ada"))).toMatchObject([
      { data: { oldAmount: 2_900, newAmount: 4_500, effectiveAt: currentPeriod?.end } },
    ]);
    expect(world.toldTo(who("seats"))).toMatchObject([{ data: { oldAmount: 3_000, newAmount: 3_600 } }]);
    await subscriptions().cancel({ ...customer("cancels"), at: "period_end" });
    await subscriptions().pause({ ...customer("pauses"), until: world.in({ days: 20 }) });
    await subscriptions().change({ ...customer("switches"), planId: "large" });
    await subscriptions().change({ ...customer("seats"), planId: "team", quantity: 4 });
    await subscriptions().change({ ...customer("leaving"), planId: "pro" });
    await subscriptions().cancel({ ...customer("gone"), at: "now" });
    await world.latest().prices.promise(customer("promised"));
    await world.latest().priceMigrations.cancel("gone");
    const held = await world.subscriptionOf(who("held"));
    const made = await world.stripe.subscriptionSchedules.create({ from_subscription: held.id });
    await world.stripe.subscriptionSchedules.update(made.id, { metadata: { made_by: "sales" } });
    await world.app.settle();
    await world.round();
    expect(await entryOf("withdrawn", "gone")).toMatchObject({ state: "cancelled" });
  });

  test("the provider has the price a day before, two hours where the plan is another one, and bills no part of a period", async () => {
    await world.renew(who("ada"), -12);
    await world.round();
    await world.round();
    expect(await entryOf("ada")).toMatchObject({ state: "planned" });
    expect(await entryOf("switches")).toMatchObject({ state: "skipped", reason: "changed" });
    expect(await entryOf("promised")).toMatchObject({ state: "skipped", reason: "promised" });
    expect(await entryOf("gone")).toMatchObject({ state: "skipped", reason: "ended" });
    expect(await entryOf("cancels")).toMatchObject({ state: "waiting", obstacle: "ending" });
    expect(await entryOf("pauses")).toMatchObject({ state: "waiting", obstacle: "paused" });
    expect(await entryOf("held")).toMatchObject({ state: "waiting", obstacle: "foreign_schedule" });
    expect(await entryOf("calm", "large")).toMatchObject({ state: "waiting" });
    expect(await billed("ada")).toEqual([[2_900]]);
    await world.renew(who("calm"), -1);
    await world.round();
    expect(await entryOf("leaving", "large")).toMatchObject({ obstacle: "waiting_change" });
    expect(await world.subscriptionOf(who("calm"))).toMatchObject({ planId: "small" });
    expect(await billed("calm")).toEqual([[5_000]]);
  });

  test("the renewal is at the new price for whoever was moved, and at the old one for everybody else", async () => {
    await world.renew(who("calm"), 3);
    await world.round();
    await world.round();
    expect(await billed("ada")).toEqual([[2_900], [4_500]]);
    expect((await billed("seats")).at(-1)).toEqual([4_800]);
    expect(await billed("calm")).toEqual([[5_000], [4_000]]);
    expect(await entryOf("leaving", "large")).toMatchObject({ state: "skipped", reason: "changed" });
    for (const name of ["promised", "withdrawn", "held"])
      expect(await billed(name), name).toEqual([[2_900], [2_900]]);
    expect(await billed("cancels")).toEqual([[2_900]]);
    expect(toldTo("ada")).toEqual(["price_change.announced", "price_change.applied"]);
    expect(toldTo("withdrawn")).toEqual(["price_change.announced"]);
    expect(await entryOf("cancels")).toMatchObject({ state: "skipped", reason: "ended" });
    const moved = { previousPlanId: "large", planId: "small", oldAmount: 5_000, newAmount: 4_000 };
    expect(world.toldTo(who("calm")).at(-1)).toMatchObject({ type: "price_change.applied", data: moved });
    const before = (await world.subscriptionOf(who("ada"))).currentPeriod;
    await world.renew(who("ada"), 2);
    expect(await billed("ada")).toEqual([[2_900], [4_500], [4_500]]);
    expect((await world.subscriptionOf(who("ada"))).currentPeriod?.start).toBe(before?.end);
  });

  test("who could not be moved is told anew, and moves at a later renewal", async () => {
    await world.round();
    expect(await entryOf("pauses")).toMatchObject({ state: "waiting", obstacle: null });
    await world.renew(who("pauses"), -24 * 6);
    await world.round();
    const { currentPeriod } = await world.subscriptionOf(who("pauses"));
    expect(toldTo("pauses")).toEqual(["price_change.announced", "price_change.announced"]);
    expect(world.toldTo(who("pauses")).at(-1)?.data.effectiveAt).toBe(currentPeriod?.end);
    await world.renew(who("pauses"), -12);
    await world.round();
    await world.renew(who("pauses"), 3);
    await world.round();
    expect((await billed("pauses")).at(-1)).toEqual([4_500]);
    expect(await entryOf("pauses")).toMatchObject({ state: "applied" });
  });

  test("nobody pays what they were not told: where the catalog was pushed anew, they stay until it is decided", async () => {
    const user = await world.buy("crew", { quantity: 7 });
    const crew = (base: number) => {
      const prices = { month: { base: { usd: base }, perSeat: { usd: 900 }, included: 5 } };
      return { ...after, plans: { ...after.plans, crew: { ...after.plans.crew, prices } } };
    };
    const { priceMigrations } = await world.release(crew(5_900));
    await priceMigrations.start({
      id: "crew",
      planId: "crew",
      customerIds: [user],
      at: world.in({ hours: 1 }),
    });
    await world.app.settle();
    await world.release(crew(6_900));
    await world.renew(user, -12);
    await world.round();
    const { items } = await world.latest().priceMigrations.customers({ id: "crew" });
    expect(items).toMatchObject([{ state: "waiting", obstacle: "price_replaced" }]);
    await world.renew(user, 3);
    expect((await world.billed(user)).at(-1)).toEqual((await world.billed(user)).at(0));
  });
});
