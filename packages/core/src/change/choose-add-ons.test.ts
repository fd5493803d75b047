import { describe, expect, it, test } from "vitest";
import { definePlans } from "../catalog/define-plans.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import type { ChangeChoice } from "./change.js";
import { defaultChangePolicies } from "./change-policy.js";
import { decideChange } from "./decide-change.js";

const plain = buildCatalog();
const catalog = definePlans({
  ...plain,
  plans: {
    ...plain.plans,
    max: {
      name: "Max",
      prices: { month: { usd: 9_900 }, year: { usd: 99_000 } },
      includes: { support: true, projects: 500 },
    },
    lite: { name: "Lite", prices: { month: { usd: 1_900 } }, includes: { support: true } },
  },
  addOns: {
    storage: {
      name: "Storage",
      prices: { month: { usd: 500 }, year: { usd: 5_000 } },
      maximum: 20,
      includes: { projects: 10 },
    },
    help: { name: "Help", prices: { month: { usd: 1_500 } }, maximum: 1, includes: { support: true } },
    reports: {
      name: "Reports",
      prices: { month: { usd: 300 } },
      plans: ["pro", "team"],
      includes: { export: true },
    },
    gift: { name: "Gift", prices: { month: { usd: 0 } }, includes: {} },
    fax: { name: "Fax", prices: { month: { usd: 100 } }, includes: {}, retired: true },
  },
});
const now = new Date("2026-03-10T12:00:00.000Z");
const end = "2026-04-01T00:00:00.000Z";

/** A line that bills an add-on: `storage:2`, or `storage@400:2` at a price of its own. */
function lineOf(text: string, interval: "month" | "year" = "month"): SubscriptionItem {
  const [id = "", count = "1"] = text.split(":");
  const [addOnId = "", amount] = id.split("@");
  const unitAmount = Number(amount ?? { storage: 500, help: 1_500, reports: 300, fax: 100 }[addOnId] ?? 0);
  const line = { planId: null, group: null, interval, quantity: Number(count), addOnId };
  return { ...line, id: `si_${text}`, priceId: `price_${id}`, unitAmount, currentPeriod: null };
}

function having(
  planId: string,
  unitAmount: number,
  extras: readonly string[],
  more: Partial<Subscription> = {},
) {
  const { interval = "month" } = more;
  const built = buildSubscription({ planId, ...more });
  const plan = built.items.map((item) => ({ ...item, planId, unitAmount }));
  const lines = extras.map((text) => lineOf(text, interval === "year" ? "year" : "month"));
  return { ...built, items: [...plan, ...lines] };
}

const decide = (held: Subscription, choice: ChangeChoice) =>
  decideChange({ catalog, subscriptions: [held], choice, policies: defaultChangePolicies, now });
const linesOf = (held: Subscription, choice: ChangeChoice) =>
  (decide(held, choice).to.addOns ?? []).map(({ itemId, quantity, priceId, addOnId }) => [
    itemId ?? `new ${addOnId}`,
    quantity,
    priceId ?? "today's",
  ]);
const pro = having("pro", 2_900, []);
const withStorage = having("pro", 2_900, ["storage:2"]);
const yearly = having("pro", 29_000, ["storage@5000:2"], { interval: "year" });

describe("which way a change of add-ons goes, and when it happens", () => {
  test.each<[string, Subscription, ChangeChoice, string, string]>([
    ["one is taken up", pro, { planId: "pro", addOns: { storage: 1 } }, "upgrade", "now"],
    ["there are more of one", withStorage, { planId: "pro", addOns: { storage: 3 } }, "upgrade", "now"],
    [
      "there are fewer of one",
      withStorage,
      { planId: "pro", addOns: { storage: 1 } },
      "downgrade",
      "period_end",
    ],
    ["all are dropped", withStorage, { planId: "pro", addOns: {} }, "downgrade", "period_end"],
    [
      "none of one is none",
      withStorage,
      { planId: "pro", addOns: { storage: 0 } },
      "downgrade",
      "period_end",
    ],
    [
      "a dearer one in place of another",
      withStorage,
      { planId: "pro", addOns: { help: 1 } },
      "upgrade",
      "now",
    ],
    [
      "a cheaper one in place of another",
      having("pro", 2_900, ["help"]),
      { planId: "pro", addOns: { storage: 2 } },
      "downgrade",
      "period_end",
    ],
    [
      "one for as much",
      having("pro", 2_900, ["help"]),
      { planId: "pro", addOns: { storage: 3 } },
      "crossgrade",
      "now",
    ],
    ["one that costs nothing", pro, { planId: "pro", addOns: { gift: 1 } }, "upgrade", "now"],
    [
      "one less that costs nothing",
      having("pro", 2_900, ["gift"]),
      { planId: "pro", addOns: {} },
      "downgrade",
      "period_end",
    ],
    [
      "a dearer plan without what was dearer still",
      having("starter", 900, ["storage:10"]),
      { planId: "pro", addOns: {} },
      "downgrade",
      "period_end",
    ],
    [
      "a plan that includes what is held, for less than both",
      having("starter", 900, ["help"]),
      { planId: "lite" },
      "downgrade",
      "period_end",
    ],
    ["a longer interval", withStorage, { planId: "pro", interval: "year" }, "longer_interval", "now"],
    ["a shorter interval", yearly, { planId: "pro", interval: "month" }, "shorter_interval", "period_end"],
    [
      "more seats for less with what is dropped",
      having("team", 1_500, ["reports:6"], { quantity: 5 }),
      { planId: "team", quantity: 6, addOns: {} },
      "downgrade",
      "period_end",
    ],
    [
      "more seats alone",
      having("team", 1_500, ["reports"], { quantity: 5 }),
      { planId: "team", quantity: 6 },
      "more_seats",
      "now",
    ],
  ])("%s", (_, held, choice, kind, at) => {
    expect(decide(held, choice)).toMatchObject({ kind, at });
  });
});

describe("what becomes of the lines", () => {
  const two = having("pro", 2_900, ["storage@400:2", "storage:3"]);

  test.each<[string, Subscription, ChangeChoice, (readonly [string, number, string])[]]>([
    ["what is left out stays", withStorage, { planId: "max" }, [["si_storage:2", 2, "price_storage"]]],
    [
      "one is new, at today's price",
      pro,
      { planId: "pro", addOns: { help: 1 } },
      [["new help", 1, "today's"]],
    ],
    [
      "more of one join what they have, at its price",
      two,
      { planId: "pro", addOns: { storage: 9 } },
      [
        ["si_storage@400:2", 6, "price_storage@400"],
        ["si_storage:3", 3, "price_storage"],
      ],
    ],
    [
      "fewer are taken off the last line first",
      two,
      { planId: "pro", addOns: { storage: 1 } },
      [
        ["si_storage@400:2", 1, "price_storage@400"],
        ["si_storage:3", 0, "price_storage"],
      ],
    ],
    [
      "another interval makes them one line, at today's price",
      two,
      { planId: "pro", interval: "year" },
      [
        ["si_storage@400:2", 5, "today's"],
        ["si_storage:3", 0, "price_storage"],
      ],
    ],
    [
      "or they join the line that is billed by it already",
      { ...two, items: [...two.items, lineOf("storage@5000:1", "year")] },
      { planId: "pro", interval: "year" },
      [
        ["si_storage@400:2", 0, "price_storage@400"],
        ["si_storage:3", 0, "price_storage"],
        ["si_storage@5000:1", 6, "price_storage@5000"],
      ],
    ],
    [
      "in the catalog's order",
      having("pro", 2_900, ["help", "storage:1"]),
      { planId: "pro", addOns: { reports: 1, help: 1, storage: 1 } },
      [
        ["si_storage:1", 1, "price_storage"],
        ["si_help", 1, "price_help"],
        ["new reports", 1, "today's"],
      ],
    ],
  ])("%s", (_, held, choice, lines) => {
    expect(linesOf(held, choice)).toEqual(lines);
  });

  test.each<[string, Subscription, ChangeChoice, object[]]>([
    ["stays", withStorage, { planId: "max" }, [{ becomes: "stays", from: 2, to: 2 }]],
    ["is added", pro, { planId: "pro", addOns: { storage: 1 } }, [{ becomes: "added", from: 0, to: 1 }]],
    [
      "is changed",
      withStorage,
      { planId: "pro", addOns: { storage: 1 } },
      [{ becomes: "changed", from: 2, to: 1 }],
    ],
    ["moves", withStorage, { planId: "pro", interval: "year" }, [{ becomes: "moved", from: 2, to: 2 }]],
    ["is removed", withStorage, { planId: "pro", addOns: {} }, [{ becomes: "removed", from: 2, to: 0 }]],
    [
      "is included in the new plan",
      having("pro", 2_900, ["storage:2", "help"]),
      { planId: "max" },
      [
        { addOnId: "storage", becomes: "stays", from: 2, to: 2 },
        { addOnId: "help", becomes: "included", from: 1, to: 0 },
      ],
    ],
    [
      "does not go along, and is taken off with the change",
      withStorage,
      { planId: "starter", addOns: {} },
      [{ becomes: "removed", from: 2, to: 0 }],
    ],
  ])("an add-on %s", (_, held, choice, changes) => {
    expect(decide(held, choice).addOns).toMatchObject(changes);
  });

  it("leaves them alone when a plan of another group changes", () => {
    const both = { ...withStorage, items: [...withStorage.items, buildCareItem({ quantity: 2 })] };
    const change = decide(both, { planId: "care", quantity: 1 });
    expect(change).toMatchObject({ kind: "fewer_seats", itemId: "si_2" });
    expect(change.to.addOns).toMatchObject([
      { itemId: "si_storage:2", quantity: 2, priceId: "price_storage" },
    ]);
    expect(() => decide(both, { planId: "care", quantity: 1, addOns: {} })).toThrow(
      expect.objectContaining({ code: "unknown_add_on", details: { addOnId: "storage", reason: "plan" } }),
    );
  });
});

describe("a change is refused", () => {
  const twelve = having("pro", 2_900, ["storage:25"]);
  test.each<[string, Subscription, ChangeChoice, string, object]>([
    [
      "to an add-on that there is not",
      pro,
      { planId: "pro", addOns: { toString: 1 } },
      "unknown_add_on",
      { reason: "unknown" },
    ],
    [
      "to one that is retired",
      pro,
      { planId: "pro", addOns: { fax: 1 } },
      "unknown_add_on",
      { reason: "retired" },
    ],
    [
      "to one of another plan",
      pro,
      { planId: "starter", addOns: { reports: 1 } },
      "unknown_add_on",
      { reason: "plan" },
    ],
    [
      "to one that the plan includes",
      pro,
      { planId: "max", addOns: { help: 1 } },
      "unknown_add_on",
      { reason: "included" },
    ],
    [
      "with one that the plan includes, named",
      having("pro", 2_900, ["help"]),
      { planId: "max", addOns: { help: 1 } },
      "unknown_add_on",
      { reason: "included" },
    ],
    [
      "to one that is not sold by the interval",
      yearly,
      { planId: "pro", addOns: { help: 1 } },
      "unknown_add_on",
      { reason: "interval" },
    ],
    [
      "with one that has no price by the new interval",
      having("pro", 2_900, ["help"]),
      { planId: "pro", interval: "year" },
      "unknown_add_on",
      { addOnId: "help", reason: "interval" },
    ],
    [
      "with one that the new plan does not take",
      having("pro", 2_900, ["reports"]),
      { planId: "starter" },
      "unknown_add_on",
      { addOnId: "reports", reason: "plan" },
    ],
    [
      "with a retired one to another interval",
      having("pro", 2_900, ["fax"]),
      { planId: "pro", interval: "year" },
      "unknown_add_on",
      { reason: "retired" },
    ],
    [
      "with one that left the catalog to another plan",
      having("pro", 2_900, ["gone@100"]),
      { planId: "starter" },
      "unknown_add_on",
      { reason: "plan" },
    ],
    [
      "to too many",
      withStorage,
      { planId: "pro", addOns: { storage: 21 } },
      "invalid_quantity",
      { maximum: 20 },
    ],
    ["to half of one", withStorage, { planId: "pro", addOns: { storage: 2.5 } }, "invalid_quantity", {}],
    [
      "to more than the more that are held",
      twelve,
      { planId: "pro", addOns: { storage: 26 } },
      "invalid_quantity",
      {},
    ],
    [
      "to what they have",
      withStorage,
      { planId: "pro", addOns: { storage: 2, help: 0 } },
      "nothing_to_change",
      {},
    ],
  ])("%s", (_, held, choice, code, details) => {
    expect(() => decide(held, choice)).toThrow(
      expect.objectContaining({
        code,
        ...(Object.keys(details).length > 0 && { details: expect.objectContaining(details) }),
      }),
    );
  });

  it("but not with more than are sold today, as long as there are not more of them", () => {
    expect(decide(twelve, { planId: "max" }).to.addOns).toMatchObject([{ quantity: 25 }]);
    expect(decide(twelve, { planId: "pro", addOns: { storage: 22 } })).toMatchObject({ kind: "downgrade" });
  });

  it("but not with what is retired, or has left the catalog, on the plan that they have", () => {
    const held = having("team", 1_500, ["fax", "gone@100"], { quantity: 5 });
    expect(decide(held, { planId: "team", quantity: 8 }).addOns).toMatchObject([
      { becomes: "stays" },
      { becomes: "stays" },
    ]);
  });
});

describe("a change of add-ons that waits", () => {
  const pendingChange = { planId: "pro", interval: "month", quantity: 1, addOns: {}, at: end } as const;
  const waiting = { ...withStorage, pendingChange };

  it("is not agreed twice, is withdrawn when what they have is chosen again, and replaced by the next one", () => {
    expect(() => decide(waiting, { planId: "pro", addOns: {} })).toThrow(
      expect.objectContaining({ code: "nothing_to_change", details: { at: end } }),
    );
    expect(decide(waiting, { planId: "pro" })).toMatchObject({ kind: "undo" });
    expect(decide(waiting, { planId: "pro", addOns: { storage: 1 } })).toMatchObject({ kind: "downgrade" });
  });
});
