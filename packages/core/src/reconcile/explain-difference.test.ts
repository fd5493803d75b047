import { describe, expect, it } from "vitest";
import { buildFound } from "../testing/building/build-found.js";
import {
  buildCareItem,
  buildProviderSubscription,
  buildSubscription,
} from "../testing/building/build-subscription.js";
import type { DifferenceFacts, ListedEvent } from "./difference-facts.js";
import { explainDifference } from "./explain-difference.js";
import { findDifference } from "./find-difference.js";

const now = "2026-03-10T12:00:00.000Z";
const anHourAgo = "2026-03-10T11:00:00.000Z";
const justNow = "2026-03-10T11:59:45.000Z";

function event(overrides: Partial<ListedEvent> = {}): ListedEvent {
  return { id: "evt_1", type: "subscription.updated", occurredAt: anHourAgo, standing: null, ...overrides };
}

/** Two seats at the provider, one here; as found by a run over everything. */
function explain(overrides: Partial<DifferenceFacts> = {}) {
  const compared = {
    stored: buildSubscription(),
    actual: buildFound({
      state: buildProviderSubscription({ quantity: 2, items: buildSubscription().items }),
    }),
    ownerId: "org_1",
    ...overrides,
  };
  const difference = findDifference(compared);
  if (difference === null) throw new Error("These don't differ.");
  const unexplained = { claim: null, events: [], eventsComplete: true, customerKnown: true };
  const facts = {
    ...unexplained,
    asOf: now,
    patienceSeconds: 60,
    provider: "stripe",
    subscriptionId: "sub_1",
    difference,
  };
  return explainDifference({ ...facts, ...overrides, ...compared });
}

const nobody = { stored: null, ownerId: null };
const absent = { stored: null, actual: buildFound() };
const byHand = buildFound({ state: buildProviderSubscription({ origin: "provider" }) });
const deleted = buildFound({
  customer: { ...buildFound().customer, deleted: true },
  state: buildProviderSubscription({ status: "ended", endedAt: anHourAgo }),
  endedAt: anHourAgo,
});
const failed = { state: "failed", reason: "the store was full" } as const;
const claim = { customerId: "org_9", linkedTo: null };

describe("explainDifference", () => {
  const cases: readonly [string, Partial<DifferenceFacts>, string, RegExp][] = [
    [
      "an event never arrived",
      { events: [event()] },
      "missed_event",
      /quantity is 1 and should be 2: the event evt_1 \(subscription.updated\) never arrived\.$/,
    ],
    [
      "several never arrived",
      { events: [event(), event({ id: "evt_2" })] },
      "missed_event",
      /nor did 1 more/,
    ],
    [
      "an event failed",
      { events: [event({ standing: failed })] },
      "missed_event",
      /could not be applied, because the store was full/,
    ],
    [
      "work on it was cut off",
      { events: [event({ standing: { state: "received", reason: null } })] },
      "missed_event",
      /was cut off/,
    ],
    [
      "all events arrived",
      { events: [event({ standing: { state: "applied", reason: null } })] },
      "manual_change",
      /without any event that is missing/,
    ],
    ["there was no event", {}, "manual_change", /changed at the provider/],
    [
      "the list does not reach back",
      { eventsComplete: false },
      "missed_event",
      /too old for the provider's list/,
    ],
    [
      "not stored, opened by our checkout",
      { ...absent, events: [event()] },
      "missed_event",
      /is not stored: the event evt_1/,
    ],
    [
      "not stored, made by hand",
      { ...absent, actual: byHand, events: [event()] },
      "manual_change",
      /not by a checkout of this app, and the event evt_1/,
    ],
    ["the customer was deleted", { actual: deleted, events: [event()] }, "customer_deleted", /was deleted/],
    [
      "moved to a foreign price",
      { actual: buildFound({ state: "foreign", priceIds: ["price_x"] }) },
      "unknown_price",
      /moved to what is not in the catalog \(price_x\)/,
    ],
    [
      "at a foreign price from the beginning",
      { ...absent, actual: buildFound({ state: "foreign" }) },
      "unknown_price",
      /not affected/,
    ],
    [
      "an orphan that nobody knows",
      { ...nobody, actual: buildFound(), claim: { customerId: null, linkedTo: null } },
      "orphaned_customer",
      /nothing tells whose it is/,
    ],
    [
      "an orphan that says whose it is",
      { ...nobody, actual: buildFound(), claim },
      "orphaned_customer",
      /it says that it is org_9\.$/,
    ],
    [
      "an orphan of somebody linked elsewhere",
      { ...nobody, actual: buildFound(), claim: { ...claim, linkedTo: "cus_9" } },
      "orphaned_customer",
      /linked to cus_9 already/,
    ],
    ["gone, its customer is there", { actual: null }, "missing_at_provider", /has the customer/],
    [
      "gone with its customer",
      { actual: null, customerKnown: false },
      "missing_at_provider",
      /another account/,
    ],
    ["another's", { ownerId: "org_2" }, "other_owner", /find out whose it is/],
    [
      "ended here alone",
      { stored: buildSubscription({ status: "ended" }) },
      "ended_in_store",
      /still runs at the provider/,
    ],
    [
      "in an unknown state",
      { actual: buildFound({ state: "unreadable" }) },
      "unknown_state",
      /update Tollgate/,
    ],
  ];
  it.each(cases)("%s", (_name, facts, cause, message) => {
    const explained = explain(facts);
    expect(explained).toMatchObject({ cause, subscriptionId: "sub_1", repaired: false });
    expect(explained?.message).toMatch(message);
    expect(explained?.message).toMatch(/^[A-Z].*[.?]$/);
  });

  it("names the plans of the lines that differ", () => {
    const { items } = buildProviderSubscription();
    const state = buildProviderSubscription({ items: [...items, buildCareItem()] });
    const added = explain({ actual: buildFound({ state }) });
    expect(added?.message).toMatch(/^The stored plans are pro and should be pro and care: it was changed/);
    const moved = items.map((item) => ({ ...item, priceId: "price_9" }));
    const samePlan = explain({ actual: buildFound({ state: buildProviderSubscription({ items: moved }) }) });
    expect(samePlan?.message).toMatch(/^The stored items differs/);
  });

  it("names the ids, the fields and the events", () => {
    expect(explain({ events: [event()] })).toMatchObject({
      customerId: "org_1",
      providerCustomerId: "cus_1",
      fields: [{ field: "quantity", stored: 1, actual: 2 }],
      eventIds: ["evt_1"],
    });
  });

  const waiting: readonly [string, Partial<DifferenceFacts>, boolean][] = [
    ["a young event", { events: [event({ occurredAt: justNow })] }, true],
    [
      "a young event beside an old one",
      { events: [event(), event({ id: "evt_2", occurredAt: justNow })] },
      false,
    ],
    ["a young event that failed", { events: [event({ occurredAt: justNow, standing: failed })] }, false],
    [
      "a young event that must not be waited for",
      { events: [event({ occurredAt: justNow })], patienceSeconds: 0 },
      false,
    ],
    ["a young subscription", { ...absent, actual: buildFound({ createdAt: justNow }) }, true],
    [
      "an ended subscription of nobody",
      { ...nobody, actual: deleted, claim: { customerId: null, linkedTo: null } },
      true,
    ],
  ];
  it.each(waiting)("%s is no difference: %3$s", (_name, facts, none) => {
    expect(explain(facts) === null).toBe(none);
  });
});
