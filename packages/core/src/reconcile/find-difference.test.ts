import { describe, expect, it } from "vitest";
import { unknownPlanId } from "../events/project-event.js";
import type { SubscriptionItem } from "../language/subscription.js";
import type { FoundSubscription } from "../ports/provider-subscriptions.js";
import { upgradeSubscription } from "../records/upgrade-subscription.js";
import { buildFound } from "../testing/building/build-found.js";
import {
  buildCareItem,
  buildProviderSubscription,
  buildSubscription,
} from "../testing/building/build-subscription.js";
import { compareSubscription } from "./compare-subscription.js";
import { findDifference } from "./find-difference.js";

const march = "2026-03-10T00:00:00.000Z";
const ended = { status: "ended", endedAt: march } as const;
const foreign = { state: "foreign" } as const;

describe("compareSubscription", () => {
  it("finds nothing after a trip through JSON", () => {
    const stored = JSON.parse(JSON.stringify(buildSubscription()));
    expect(compareSubscription(stored, buildProviderSubscription())).toEqual([]);
  });

  const changes = {
    providerCustomerId: "cus_2",
    planId: "team",
    group: "support",
    interval: "year",
    currency: "eur",
    status: "past_due",
    quantity: 2,
    items: [],
    currentPeriod: null,
    startedAt: march,
    cancelAt: march,
    endedAt: march,
    trialEndsAt: march,
    pause: { kind: "full", resumesAt: null },
    pendingChange: { planId: "team", interval: "month", quantity: 2, at: march },
    origin: "provider",
  } as const;

  it.each(Object.entries(changes))("reports a %s that differs", (field, value) => {
    const stored = buildSubscription();
    const actual = { ...buildProviderSubscription(), [field]: value };
    expect(compareSubscription(stored, actual)).toEqual([
      { field, stored: stored[field as keyof typeof changes], actual: value },
    ]);
  });

  it("reports another paid period, and counts what an earlier release did not store as no difference", () => {
    const arrears = { paidPeriod: buildSubscription().currentPeriod };
    const actual = buildProviderSubscription({ status: "past_due", arrears: { paidPeriod: null } });
    const stored = buildSubscription({ status: "past_due", arrears });
    expect(compareSubscription(stored, actual)).toMatchObject([{ field: "arrears", stored: arrears }]);
    const { arrears: _, ...written } = stored;
    expect(compareSubscription({ ...stored, arrears: null }, actual, written)).toEqual([]);
  });

  it("reports a second plan that an earlier release did not know to be one, and not the group of the first", () => {
    const bare = ({ group, interval, ...item }: SubscriptionItem) => item;
    const { arrears: _, ...today } = buildSubscription();
    const compare = (items: readonly SubscriptionItem[]) => {
      const written = { ...today, items: items.map(bare) };
      const actual = buildProviderSubscription({ items });
      return compareSubscription(upgradeSubscription(written), actual, written).map(({ field }) => field);
    };
    expect(compare(today.items)).toEqual([]);
    expect(compare([...today.items, buildCareItem()])).toEqual(["items"]);
  });

  it("reports a field within an item", () => {
    const actual = buildProviderSubscription();
    const items = actual.items.map((item) => ({ ...item, unitAmount: 1 }));
    expect(compareSubscription(buildSubscription(), { ...actual, items })).toMatchObject([
      { field: "items" },
    ]);
  });

  it("reports nothing about a field that one side lacks, as before or after it was added", () => {
    const actual = buildProviderSubscription();
    const { origin: _, ...written } = buildSubscription();
    expect(compareSubscription(buildSubscription({ origin: "provider" }), actual, written)).toEqual([]);
    const items = actual.items.map(({ unitAmount: __, ...item }) => item);
    expect(compareSubscription(buildSubscription(), actual, { ...buildSubscription(), items })).toEqual([]);
    const later = { ...buildSubscription(), items: actual.items.map((item) => ({ ...item, discount: 1 })) };
    expect(compareSubscription({ ...later }, actual)).toEqual([]);
  });

  it("reports a line that is missing, or one too many", () => {
    const actual = buildProviderSubscription();
    const items = [...actual.items, ...actual.items];
    expect(compareSubscription(buildSubscription({ items }), actual)).toMatchObject([{ field: "items" }]);
    expect(compareSubscription(buildSubscription(), { ...actual, items })).toMatchObject([
      { field: "items" },
    ]);
  });

  it("leaves alone what has ended on both sides", () => {
    const actual = buildProviderSubscription({ ...ended, quantity: 7 });
    expect(compareSubscription(buildSubscription(ended), actual)).toEqual([]);
  });
});

describe("findDifference", () => {
  const stored = buildSubscription();
  const cases: readonly [string, Parameters<typeof findDifference>[0], string | null][] = [
    ["agree", { stored, actual: buildFound(), ownerId: "org_1" }, null],
    ["agree, the customer no longer linked", { stored, actual: buildFound(), ownerId: null }, null],
    ["nothing anywhere", { stored: null, actual: null, ownerId: null }, null],
    ["changed", { stored, actual: found({ quantity: 2 }), ownerId: "org_1" }, "changed"],
    ["ended there", { stored, actual: foundEnded(), ownerId: "org_1" }, "changed"],
    ["not stored, its customer is ours", { stored: null, actual: buildFound(), ownerId: "org_1" }, "absent"],
    ["not stored, ended", { stored: null, actual: foundEnded(), ownerId: "org_1" }, "absent"],
    ["nobody's", { stored: null, actual: buildFound(), ownerId: null }, "orphaned_customer"],
    ["stored, gone there", { stored, actual: null, ownerId: "org_1" }, "missing_at_provider"],
    ["ended, gone there", { stored: buildSubscription(ended), actual: null, ownerId: null }, null],
    ["another's", { stored, actual: buildFound(), ownerId: "org_2" }, "other_owner"],
    [
      "ended here alone",
      { stored: buildSubscription(ended), actual: buildFound(), ownerId: null },
      "ended_in_store",
    ],
    ["foreign, nobody's", { stored: null, actual: buildFound(foreign), ownerId: null }, null],
    [
      "foreign, a customer's of ours",
      { stored: null, actual: buildFound(foreign), ownerId: "org_1" },
      "unknown_price",
    ],
    [
      "foreign, ended, ours",
      { stored: null, actual: buildFound({ ...foreign, endedAt: march }), ownerId: "org_1" },
      null,
    ],
    ["moved to a foreign price", { stored, actual: buildFound(foreign), ownerId: "org_1" }, "unknown_price"],
    [
      "moved, and stored that way",
      { stored: buildSubscription({ planId: unknownPlanId }), actual: buildFound(foreign), ownerId: "org_1" },
      null,
    ],
    [
      "moved, and ended",
      { stored, actual: buildFound({ ...foreign, endedAt: march }), ownerId: "org_1" },
      "changed",
    ],
    [
      "in an unknown state",
      { stored, actual: buildFound({ state: "unreadable" }), ownerId: "org_1" },
      "unknown_state",
    ],
    [
      "in an unknown state, nobody's",
      { stored: null, actual: buildFound({ state: "unreadable" }), ownerId: null },
      null,
    ],
  ];
  it.each(cases)("%s", (_name, compared, kind) => {
    expect(findDifference(compared)?.kind ?? null).toBe(kind);
  });

  function found(overrides: Parameters<typeof buildProviderSubscription>[0]): FoundSubscription {
    return buildFound({ state: buildProviderSubscription(overrides) });
  }

  function foundEnded(): FoundSubscription {
    return { ...found(ended), endedAt: march };
  }
});
