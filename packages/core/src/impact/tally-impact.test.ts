import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAccess } from "../access/create-access.js";
import { decideAccess } from "../access/decide-access.js";
import { currentUsage } from "../access/decide-usage.js";
import type { Catalog } from "../catalog/catalog.js";
import { grantsOf, withDeparted } from "../catalog/plan-grants.js";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { type ImpactedCustomer, tallyImpact } from "./tally-impact.js";

const now = new Date("2026-03-10T12:00:00.000Z");
const graceDays = 7;
const before: Catalog = buildCatalog();
const { free, starter, pro, team } = buildCatalog().plans;

function next(changed: Catalog["plans"]): Catalog {
  return { ...before, plans: { ...before.plans, ...changed } };
}

const period = { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" };

function customer(
  customerId: string,
  fields: Partial<Subscription> & { unitAmount?: number },
  used = 0,
): ImpactedCustomer {
  const { unitAmount = 900, ...more } = fields;
  const built = buildSubscription({ customerId, id: `sub_${customerId}`, currentPeriod: period, ...more });
  const items = built.items.map((item) => ({ ...item, unitAmount, currentPeriod: period }));
  const counts = [{ feature: "messages", startsAt: period.start, used }];
  return { customerId, subscriptions: [{ ...built, items }], counts };
}

function impactOf(after: Catalog, customers: readonly ImpactedCustomer[]) {
  const tally = tallyImpact({ before, after }, { graceDays, now });
  for (const one of customers) tally.add(one);
  return tally.report();
}

const onStarter = (id: string, used = 0) => customer(id, { planId: "starter" }, used);

describe("the impact of another catalog", () => {
  it("is none where nothing changes", () => {
    expect(
      impactOf(before, [onStarter("a", 999), customer("b", { planId: "pro", unitAmount: 2_900 })]),
    ).toEqual({
      customers: 2,
      features: [],
      overLimit: [],
      overLimitCount: 0,
      intros: [],
      uncounted: [],
      revenue: [{ currency: "usd", now: 3_800, atNewPrices: 3_800, customers: 0 }],
      summary: [],
    });
  });

  it("is which first payments are reduced otherwise, which concerns nobody who has bought", () => {
    const begun = { ...starter, intro: { month: { percentOff: 50, payments: 3 } } };
    const other = { ...starter, intro: { month: { amountOff: { usd: 400, eur: 300 } } } };
    const intros = (one: object, two: object) => {
      const [old, after] = [
        next({ starter: one } as Catalog["plans"]),
        next({ starter: two } as Catalog["plans"]),
      ];
      const tally = tallyImpact({ before: old, after }, { graceDays, now });
      tally.add(onStarter("a"));
      const { intros: changed, summary, revenue } = tally.report();
      expect(revenue).toMatchObject([{ now: 900, atNewPrices: 900 }]);
      return { changed, summary };
    };
    const who = "Whoever first subscribes to Starter per month gets";
    const keeps = "everybody else keeps what they have.";
    expect(intros(starter, begun)).toEqual({
      changed: [{ planId: "starter", interval: "month", was: null, is: { percentOff: 50, payments: 3 } }],
      summary: [`${who} 50% off the first 3 payments; ${keeps}`],
    });
    expect(intros(begun, other).summary).toEqual([
      `${who} $4 or €3 off the first payment instead of 50% off the first 3 payments; ${keeps}`,
    ]);
    expect(intros(begun, starter).summary).toEqual([
      `${who} no reduction instead of 50% off the first 3 payments; ${keeps}`,
    ]);
    const again = { ...starter, intro: { month: { payments: 3, percentOff: 50 } } };
    expect(intros(begun, again)).toEqual({ changed: [], summary: [] });
  });

  it("is what those on each plan gain and lose, by the number of them", () => {
    const poorer = next({
      free: { ...free, includes: { projects: 5, messages: 100, export: true } },
      starter: { ...starter, includes: { messages: 500, projects: 10, support: true } },
      pro: { ...pro, includes: { projects: "unlimited", messages: 10_000 } },
    });
    const { features, summary } = impactOf(poorer, [
      onStarter("a"),
      onStarter("b"),
      customer("c", { planId: "pro", unitAmount: 2_900 }),
    ]);
    expect(features).toEqual([
      { planId: "free", feature: "export", change: "gained", from: 0, to: null, customers: null },
      { planId: "free", feature: "projects", change: "raised", from: 3, to: 5, customers: null },
      { planId: "starter", feature: "messages", change: "lowered", from: 1_000, to: 500, customers: 2 },
      { planId: "starter", feature: "support", change: "gained", from: 0, to: null, customers: 2 },
      { planId: "pro", feature: "export", change: "lost", from: null, to: 0, customers: 1 },
      { planId: "pro", feature: "projects", change: "raised", from: 50, to: null, customers: 1 },
    ]);
    expect(summary).toEqual([
      "Everybody on Free gains CSV export.",
      "Everybody on Free has 5 instead of 3 Projects.",
      "2 customers on Starter have 500 instead of 1000 Messages.",
      "2 customers on Starter gain Priority support.",
      "1 customer on Pro loses CSV export.",
      "1 customer on Pro has unlimited instead of 50 Projects.",
    ]);
  });

  it("names who has used more than they would be granted, furthest first, and not those who have already", () => {
    const poorer = next({ starter: { ...starter, includes: { projects: 4, messages: 500 } } });
    const all = [onStarter("a", 600), onStarter("b", 500), onStarter("c", 900), onStarter("d", 1_001)];
    const impact = impactOf(poorer, all);
    expect(impact.overLimit).toEqual([
      { customerId: "c", feature: "messages", used: 900, limit: 500 },
      { customerId: "a", feature: "messages", used: 600, limit: 500 },
    ]);
    expect(impact.overLimitCount).toBe(2);
    expect(impact.uncounted).toEqual(["projects"]);
    expect(impact.summary).toContain("2 customers would be over a limit at once.");
    expect(impact.summary).toContain("Only the app knows who has more Projects than they would be granted.");
  });

  it("says what a month brings in, by currency, now and if everybody paid the new prices", () => {
    const dearer = next({
      starter: { ...starter, prices: { month: { usd: 1_200, eur: 800 } } },
      team: { ...team, prices: { month: { perSeat: { usd: 2_000 }, minimum: 2 } } },
    });
    const { revenue, summary } = impactOf(dearer, [
      onStarter("a"),
      customer("b", { planId: "starter", currency: "eur", unitAmount: 800 }),
      customer("c", { planId: "team", quantity: 3, unitAmount: 1_500 }),
      customer("d", { planId: "pro", interval: "year", unitAmount: 24_000 }),
      customer("trial", { planId: "starter", status: "trialing" }),
      customer("gone", { planId: "starter", status: "ended" }),
      customer("paused", { planId: "starter", pause: { kind: "collection", resumesAt: null } }),
    ]);
    expect(revenue).toEqual([
      { currency: "usd", now: 900 + 4_500 + 2_000, atNewPrices: 1_200 + 6_000 + 2_417, customers: 3 },
      { currency: "eur", now: 800, atNewPrices: 800, customers: 0 },
    ]);
    expect(summary).toEqual([
      "3 customers pay another price than the new one, and keep it. " +
        "If everybody paid the new ones, $74 a month would be $96.17.",
    ]);
  });

  it("takes nothing from those whose plan is left out: they keep it", () => {
    const { starter: _, ...others } = before.plans;
    const after = withDeparted({ ...before, plans: others }, grantsOf(before));
    const impact = impactOf(after, [onStarter("a", 999)]);
    expect(impact).toMatchObject({ features: [], overLimit: [], revenue: [{ now: 900, atNewPrices: 900 }] });
  });
});

it("says what every check would say, for whatever is granted, held and used", () => {
  const includes = fc.record(
    {
      export: fc.boolean(),
      projects: fc.oneof(fc.nat(3), fc.constant("unlimited" as const)),
      messages: fc.oneof(fc.nat(1_000), fc.constant("unlimited" as const)),
    },
    { requiredKeys: [] },
  );
  const catalog = fc.record({ free: includes, starter: includes, pro: includes }).map((by) =>
    next({
      free: { ...free, includes: by.free },
      starter: { ...starter, includes: by.starter },
      pro: { ...pro, includes: by.pro },
    }),
  );
  const held = fc.record({
    planId: fc.constantFrom("starter", "pro", "team"),
    status: fc.constantFrom("active", "trialing", "past_due", "paused", "ended"),
    used: fc.nat(1_200),
  });
  fc.assert(
    fc.property(catalog, catalog, held, (old, after, { used, ...fields }) => {
      const one = customer(
        "a",
        { ...fields, pastDueSince: fields.status === "past_due" ? period.start : null },
        used,
      );
      const tally = tallyImpact({ before: old, after }, { graceDays, now });
      tally.add(one);
      const { features, overLimit } = tally.report();
      const accessIn = (catalog: Catalog) => {
        const { subscriptions, counts } = one;
        const person = { id: "a", canManage: true, hasBillingAccount: true };
        const input = { catalog, customer: person, subscriptions, graceDays, now };
        return createAccess(decideAccess({ ...input, usage: currentUsage({ ...input, counts }) }));
      };
      const [was, is] = [accessIn(old), accessIn(after)];
      for (const feature of ["export", "projects"]) {
        const said = features.find(
          (change) => change.feature === feature && change.customers !== null,
        )?.change;
        const [allowed, next] = [was.check(feature).allowed, is.check(feature).allowed];
        expect(said === "gained").toBe(!allowed && next);
        expect(said === "lost").toBe(allowed && !next);
      }
      const over = overLimit.some(({ feature }) => feature === "messages");
      if (over) expect(is.check("messages").allowed).toBe(false);
    }),
    { numRuns: 500 },
  );
});
