import { describe, expect, it } from "vitest";
import type { Catalog, PlanDefinition } from "../catalog/catalog.js";
import { definePlans } from "../catalog/define-plans.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { decidePortal, type PortalHolding } from "./decide-portal.js";
import { listPortalOffers, type PortalOffer } from "./portal-offers.js";

const flat = (usd: number, more: Partial<PlanDefinition> = {}): PlanDefinition => ({
  name: "Plan",
  prices: { month: { usd } },
  includes: {},
  ...more,
});
const catalogOf = (plans: Record<string, PlanDefinition>): Catalog => definePlans({ features: {}, plans });
const offersOf = (plans: Record<string, PlanDefinition>, atMost = 10) =>
  listPortalOffers(catalogOf(plans), atMost);
const shown = (offers: readonly PortalOffer[]) =>
  Object.fromEntries(offers.map(({ forPlan, plans }) => [forPlan, plans.map(({ planId }) => planId)]));
const many = (count: number, more: (n: number) => Partial<PlanDefinition> = () => ({})) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`p${n + 1}`, flat(100 * (n + 1), more(n + 1))]),
  );

describe("what a portal may switch between", () => {
  it("leaves out tiers, packages, included seats, steps, and plans that charge for use", () => {
    const perSeat = { usd: 900 };
    const usage = { messages: { perUnit: { usd: 1 } } } as unknown as PlanDefinition["usage"] & object;
    const plans = {
      seats: flat(0, { prices: { month: { perSeat } } }),
      tiers: flat(0, {
        prices: { month: { tiers: [{ upTo: "unlimited", perUnit: perSeat }], mode: "volume" } },
      }),
      packs: flat(0, { prices: { month: { perPackage: perSeat, size: 10 } } }),
      base: flat(0, { prices: { month: { base: perSeat, perSeat, included: 5 } } }),
      threes: flat(0, { prices: { month: { perSeat, step: 3 } } }),
      metered: flat(900, { usage }),
    };
    expect(shown(offersOf(plans))).toEqual({ null: ["seats"] });
    expect(offersOf(plans)).toHaveLength(1);
  });

  it("is what the checkout sells, by group, currency and way of selling", () => {
    const month = ["month"];
    const both = ["month", "year"];
    const main = (currency: string) => [
      {
        group: "main",
        currency,
        model: "flat",
        forPlan: null,
        plans: [
          { planId: "starter", intervals: month, seats: null },
          { planId: "pro", intervals: both, seats: null },
        ],
      },
    ];
    const team = (currency: string) => ({
      group: "main",
      currency,
      model: "per_seat",
      forPlan: null,
      plans: [{ planId: "team", intervals: month, seats: { minimum: 2, maximum: 100 } }],
    });
    const offers = listPortalOffers(buildCatalog(), 10);
    expect(offers).toHaveLength(5);
    expect(offers).toEqual(
      expect.arrayContaining([
        ...main("usd"),
        ...main("eur"),
        team("usd"),
        team("eur"),
        {
          group: "support",
          currency: "usd",
          model: "flat",
          forPlan: null,
          plans: [{ planId: "care", intervals: month, seats: null }],
        },
      ]),
    );
  });

  it("has nothing that is free, sold by hand or retired", () => {
    const offers = offersOf({
      free: { name: "Free", includes: {} },
      call: { name: "Call us", contactUrl: "https://example.com", includes: {} },
      old: flat(500, { retired: true }),
      pro: flat(900),
    });
    expect(shown(offers)).toEqual({ null: ["pro"] });
    expect(offersOf({ old: flat(500, { retired: true }) })).toEqual([]);
  });

  it("keeps apart the intervals of a plan that is flat by the month and per seat by the year", () => {
    const prices = { month: { usd: 900 }, year: { perSeat: { usd: 9000 }, minimum: 3 } };
    expect(offersOf({ mixed: { name: "Mixed", prices, includes: {} } })).toMatchObject([
      { model: "flat", plans: [{ intervals: ["month"], seats: null }] },
      { model: "per_seat", plans: [{ intervals: ["year"], seats: { minimum: 3, maximum: 10_000 } }] },
    ]);
  });

  it.each([
    ["the range that fits both intervals", [2, 100], [5, 50], ["month", "year"], [5, 50]],
    ["that range whichever of them is the wider one", [5, 50], [2, 100], ["month", "year"], [5, 50]],
    ["the month alone where no number fits both", [2, 4], [5, 50], ["month"], [2, 4]],
  ] as const)("offers %s", (_name, monthly, yearly, intervals, seats) => {
    const perSeat = (usd: number, [minimum, maximum]: readonly [number, number]) => ({
      perSeat: { usd },
      minimum,
      maximum,
    });
    const prices = { month: perSeat(900, monthly), year: perSeat(9000, yearly) };
    const [offer] = offersOf({ team: { name: "Team", prices, includes: {} } });
    expect(offer?.plans).toEqual([
      { planId: "team", intervals, seats: { minimum: seats[0], maximum: seats[1] } },
    ]);
  });

  it("shows everybody the same plans, up to as many as the portal takes", () => {
    expect(shown(offersOf(many(10)))).toEqual({ null: Object.keys(many(10)) });
  });

  it("shows each plan those next to it, itself included, where there are more", () => {
    const offers = shown(offersOf(many(12), 4));
    expect(offers.null).toEqual(["p1", "p2", "p3", "p4"]);
    expect(offers.p1).toEqual(["p1", "p2", "p3", "p4"]);
    expect(offers.p6).toEqual(["p5", "p6", "p7", "p8"]);
    expect(offers.p12).toEqual(["p9", "p10", "p11", "p12"]);
    expect(Object.keys(offers)).toHaveLength(13);
  });

  it("shows those on a retired plan what stands near it", () => {
    const offers = shown(
      offersOf(
        many(12, (n) => (n === 6 ? { retired: true } : {})),
        4,
      ),
    );
    expect(offers.p6).toEqual(["p4", "p5", "p7", "p8"]);
    expect(offers.p7).toEqual(["p5", "p7", "p8", "p9"]);
  });
});

describe("the offer that fits a subscription", () => {
  const decide = (held: Partial<PortalHolding>) =>
    decidePortal(buildCatalog(), {
      planId: "pro",
      group: "main",
      interval: "month",
      currency: "usd",
      quantity: 1,
      ...held,
    });

  it.each<[string, Partial<PortalHolding>, ReturnType<typeof decidePortal>]>([
    ["flat for a flat plan", {}, { group: "main", currency: "usd", model: "flat", forPlan: "pro" }],
    [
      "per seat for a per-seat plan, also with one seat that was set by hand",
      { planId: "team", currency: "eur" },
      { group: "main", currency: "eur", model: "per_seat", forPlan: "team" },
    ],
    ["none for a flat plan that was sold three times by hand", { quantity: 3 }, null],
    [
      "none for an old price in tiers, which no portal shows",
      { planId: "team", quantity: 4, rate: { kind: "volume", tiers: [{ upTo: null, perUnit: 1, flat: 0 }] } },
      null,
    ],
    [
      "by the plan's other interval, for a price that is gone",
      { planId: "team", interval: "year", quantity: 4 },
      { group: "main", currency: "usd", model: "per_seat", forPlan: "team" },
    ],
    [
      "flat for one of a plan that is gone",
      { planId: "legacy" },
      { group: "main", currency: "usd", model: "flat", forPlan: "legacy" },
    ],
    [
      "per seat for several of a plan that is gone",
      { planId: "legacy", quantity: 4 },
      { group: "main", currency: "usd", model: "per_seat", forPlan: "legacy" },
    ],
  ])("is %s", (_name, held, expected) => {
    expect(decide(held)).toEqual(expected);
  });
});
