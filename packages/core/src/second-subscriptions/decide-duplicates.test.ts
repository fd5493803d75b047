import { describe, expect, it } from "vitest";
import type { DuplicateRecord } from "../language/duplicate-record.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideDuplicates } from "./decide-duplicates.js";

const actions = [
  { provider: "stripe", action: "cancel" },
  { provider: "paddle", action: "keep" },
] as const;
const scope = { customerId: "org_1", group: "main", actions };
const now = new Date("2026-03-02T00:00:00.000Z");
const of = (id: string, second: number, more = {}) =>
  buildSubscription({ id, startedAt: `2026-03-01T00:00:0${second}.000Z`, origin: "checkout", ...more });
const [first, late] = [of("sub_1", 1), of("sub_2", 2)];
const decision: DuplicateRecord = {
  provider: "stripe",
  subscriptionId: "sub_2",
  customerId: "org_1",
  group: "main",
  keptId: "sub_1",
  action: "cancel",
  state: "decided",
  refund: null,
};
const done: DuplicateRecord = { ...decision, state: "done" };

describe("decideDuplicates", () => {
  it.each([
    ["decides about the second of two", [], [first, late], { fresh: [decision], open: [decision] }],
    ["has nothing to decide about one", [], [first], { fresh: [], open: [] }],
    [
      "looks at providers that are configured only",
      [],
      [first, { ...late, provider: "polar" }],
      { fresh: [], open: [] },
    ],
    ["looks at its own group only", [], [first, { ...late, group: "support" }], { fresh: [], open: [] }],
    [
      "decides nothing anew before a decision is done",
      [decision],
      [first, late, of("sub_3", 3)],
      {
        fresh: [],
        open: [decision],
      },
    ],
    ["decides about none twice", [done], [first, late], { fresh: [], open: [] }],
  ] as const)("%s", (_, known, subscriptions, expected) => {
    expect(decideDuplicates({ ...scope, now, known, subscriptions })).toEqual(expected);
  });

  it("says who bills the one that continues where that is another provider, and what that provider can do", () => {
    const { open } = decideDuplicates({
      ...scope,
      now,
      known: [done],
      subscriptions: [first, { ...late, provider: "paddle" }],
    });
    expect(open).toEqual([{ ...decision, provider: "paddle", keptProvider: "stripe", action: "keep" }]);
  });

  it("decides about a third after the second is done", () => {
    const { open } = decideDuplicates({
      ...scope,
      now,
      known: [done],
      subscriptions: [first, late, of("sub_3", 3)],
    });
    expect(open).toEqual([{ ...decision, subscriptionId: "sub_3" }]);
  });
});
