import type { Store } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BillingOptions } from "../src/index.js";
import { describeEachStore } from "./each-store.js";
import { toRequest } from "./requests.js";
import { newUser, openWorld, type World } from "./world.js";

type Counters = NonNullable<BillingOptions<ExampleCatalog>["counters"]>;

describeEachStore("a count that the app supplies", (createStore) => {
  const as = (user: string) => toRequest("GET", "/access", { as: user });
  let world: World;
  let store: Store;
  let counted: string[] = [];
  let count: () => unknown = () => 0;

  beforeAll(async () => {
    store = createStore();
    const projects: Counters["projects"] = ({ customerId }) => {
      counted.push(customerId);
      return count() as number;
    };
    world = await openWorld({ store, jobs: "manual", rateLimits: false, counters: { projects } });
  });
  afterAll(() => world.close());

  const counting = (counter: () => unknown) => {
    counted = [];
    count = counter;
  };
  const refusal = (user: string) =>
    world.billing.require(as(user), "projects").then(
      () => null,
      (error) => error,
    );

  test("decides what is asked without one, and is counted anew each time", async () => {
    const user = newUser();
    counting(() => Promise.resolve(2));
    expect(await world.billing.check(as(user), "projects")).toMatchObject({ allowed: true, remaining: 1 });
    expect((await world.billing.require(as(user), "projects")).planId).toBe("free");
    counting(() => 3);
    expect(await world.billing.check(as(user), "projects")).toMatchObject({
      allowed: false,
      reason: "limit_reached",
      limit: 3,
      upgradeTo: "starter",
    });
    expect(await refusal(user)).toMatchObject({ code: "limit_reached", status: 402 });
    expect(counted).toEqual([user, user]);
  });

  test("is not asked for where one is passed, where it decides nothing, and where nobody is signed in", async () => {
    const user = newUser();
    counting(() => 3);
    expect(await world.billing.check(as(user), "projects", { used: 0 })).toMatchObject({ allowed: true });
    expect(await world.billing.check(as(user), "export")).toMatchObject({ reason: "not_in_plan" });
    const signedOut = toRequest("GET", "/access", {});
    expect(await world.billing.check(signedOut, "projects")).toMatchObject({ reason: "signed_out" });
    const team = newUser();
    await world.call(
      "GET",
      `/checkout/${await world.buy(team, { planId: "team", interval: "month", quantity: 2 })}`,
      {
        as: team,
      },
    );
    expect(await world.billing.check(as(team), "projects")).toMatchObject({ allowed: true, limit: null });
    expect(counted).toEqual([]);
  });

  test.each([
    ["throws", () => Promise.reject(new Error("database is gone"))],
    ["gives nothing", () => undefined],
    ["gives a text", () => "2"],
    ["gives less than none", () => -1],
    ["gives half of one", () => 0.5],
    ["gives what is no number", () => Number.NaN],
  ])("that %s lets nobody in, and says so", async (_, counter) => {
    const user = newUser();
    counting(counter);
    const error = await refusal(user);
    expect(error).toMatchObject({
      code: "count_unavailable",
      status: 503,
      details: { feature: "projects" },
      cause: expect.any(Error),
    });
    expect(JSON.stringify(error)).not.toContain("database");
    await expect(world.billing.check(as(user), "projects")).rejects.toMatchObject({
      code: "count_unavailable",
    });
    counting(() => 0);
    expect(await world.billing.check(as(user), "projects")).toMatchObject({ allowed: true });
  });

  test("of five where a smaller plan grants three refuses another one, and nothing else", async () => {
    const user = newUser();
    counting(() => 5);
    await world.call("GET", `/checkout/${await world.buy(user)}`, { as: user });
    expect(await world.billing.check(as(user), "projects")).toMatchObject({ allowed: true, limit: 10 });
    await world.billing.subscriptions.cancel({ customerId: user, at: "now" });
    expect(await refusal(user)).toMatchObject({ code: "limit_reached", details: { upgradeTo: "starter" } });
    // What is there is read and used as before: the plan grants the feature.
    expect((await world.billing.access(as(user))).check("projects")).toMatchObject({
      allowed: true,
      limit: 3,
    });
    // Whoever takes away two may add again.
    counting(() => 2);
    expect(await refusal(user)).toBeNull();
  });

  describe("of members and invitations", () => {
    /** What the app has of each organisation: it counts who is there, and whoever was invited and may still come. */
    const people = new Map<string, { members: Set<string>; invited: Map<string, Date> }>();
    const countPeople: Counters["projects"] = ({ customerId }) => {
      const { members, invited } = people.get(customerId) ?? { members: new Set(), invited: new Map() };
      const open = [...invited].filter(([, until]) => until > world.sandbox.now()).map(([who]) => who);
      return new Set([...members, ...open]).size;
    };
    const later = (hours: number) => new Date(world.sandbox.now().getTime() + hours * 3_600_000);
    const found = (members: readonly string[], invited: Readonly<Record<string, Date>> = {}) => {
      const org = newUser();
      people.set(org, { members: new Set(members), invited: new Map(Object.entries(invited)) });
      counting(() => countPeople({ customerId: org }));
      return { org, ...(people.get(org) as { members: Set<string>; invited: Map<string, Date> }) };
    };
    /** In the step that adds somebody: whoever was invited already takes no second seat. */
    const accept = async (of: ReturnType<typeof found>, who: string) => {
      const seat = of.invited.get(who);
      of.invited.delete(who);
      const refused = await refusal(of.org);
      if (refused === null) of.members.add(who);
      else if (seat !== undefined) of.invited.set(who, seat);
      return refused;
    };

    test("counts one who is listed twice once, and nobody whose invitation has run out", async () => {
      // The sign-in service lists bob as a pending member and as an invitation.
      const team = found(["ada", "bob"], { bob: later(24), eve: later(-1) });
      expect(await world.billing.check(as(team.org), "projects")).toMatchObject({
        allowed: true,
        remaining: 1,
      });
      team.invited.set("eve", later(24));
      expect(await refusal(team.org)).toMatchObject({
        code: "limit_reached",
        details: { used: 3, limit: 3 },
      });
    });

    test("is asked again when an invitation is accepted that has outlived its limit", async () => {
      const user = newUser();
      const team = found(["ada", "bob", "joe"], {});
      await world.call("GET", `/checkout/${await world.buy(team.org)}`, { as: team.org });
      expect(await world.billing.check(as(team.org), "projects")).toMatchObject({ allowed: true, limit: 10 });
      team.invited.set(user, later(24));
      await world.billing.subscriptions.cancel({ customerId: team.org, at: "now" });
      expect(await accept(team, user)).toMatchObject({
        code: "limit_reached",
        status: 402,
        details: { used: 3, limit: 3, upgradeTo: "starter" },
      });
      expect([...team.members]).toEqual(["ada", "bob", "joe"]);
      // Two others leave, which asks nobody, and then there is room.
      for (const who of ["bob", "joe"]) team.members.delete(who);
      expect(await accept(team, user)).toBeNull();
      expect([...team.members]).toEqual(["ada", user]);
    });

    test("never holds up what reduces: over the limit, unpaid, or of somebody without any subscription", async () => {
      const { billing, dashboard } = world;
      const none = found(["ada", "bob", "joe", "eve"]);
      expect(await refusal(none.org)).toMatchObject({
        code: "limit_reached",
        details: { used: 4, limit: 3 },
      });
      none.members.delete("eve");
      expect(await billing.seats.set({ customerId: none.org, count: 3 })).toMatchObject({
        applied: true,
        used: 3,
      });

      const unpaid = found(["ada", "bob", "joe", "eve"]);
      await world.call("GET", `/checkout/${await world.buy(unpaid.org)}`, { as: unpaid.org });
      const link = await billing.customers.find(unpaid.org);
      const customer = link?.providerCustomerId ?? "";
      const card = await dashboard.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
      const [subscription] = (await dashboard.subscriptions.list({ customer })).data;
      await dashboard.subscriptions.update(subscription?.id ?? "", { default_payment_method: card.id });
      world.tick(40 * 86_400);
      await billing.reconcile({ customerId: unpaid.org, repair: true });
      world.tick(8 * 86_400);
      expect(await refusal(unpaid.org)).toMatchObject({ status: 402 });
      unpaid.members.delete("eve");
      expect(await billing.seats.set({ customerId: unpaid.org, count: 3 })).toMatchObject({
        applied: true,
        used: 3,
      });
      expect(await billing.seats.set({ customerId: unpaid.org, count: 2 })).toMatchObject({
        applied: true,
        used: 2,
      });
    });
  });

  describe("is refused when billing is made", () => {
    test.each([
      ["for a feature that there is not", { teleport: () => 1 }, "teleport"],
      ["for what Tollgate counts", { messages: () => 1 }, "messages"],
      ["for a switch", { export: () => 1 }, "export"],
      ["for what every object has", { constructor: () => 1 }, "constructor"],
      ["that is no function", { projects: 5 }, "projects"],
    ])("%s", (_, counters, feature) => {
      const given: { counters: Counters } = { counters: counters as Counters };
      expect(() => world.instance(given)).toThrow(
        expect.objectContaining({ code: "invalid_options", details: { option: `counters.${feature}` } }),
      );
    });
  });

  test("has a name that the catalog has, or does not compile", () => {
    // @ts-expect-error messages are metered: Tollgate counts them
    const metered: Counters = { messages: () => 1 };
    // @ts-expect-error there is no such feature
    const unknown: Counters = { teleport: () => 1 };
    expect([metered, unknown]).toHaveLength(2);
  });
});
