import { describe, expect, it } from "vitest";
import { buildMigrationEntry, buildPriceMigration } from "../testing/building/build-migration.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import {
  buildCallback,
  buildCheckout,
  buildConsent,
  buildPurchase,
  buildSubscriptionEvent,
} from "../testing/building/builders.js";
import { packRecord, unpackRecord, writtenEarlier } from "./pack-record.js";
import { type RecordKind, recordUpgrades } from "./record-upgrades.js";

const subscription = buildSubscription();
const duplicate = {
  provider: "stripe",
  subscriptionId: "sub_2",
  customerId: "org_1",
  group: "main",
  keptId: "sub_1",
  action: "cancel",
  state: "done",
  refund: null,
} as const;
const { customerId: _, state: __, ...entry } = buildMigrationEntry();
const records = {
  subscription,
  checkout: buildCheckout(),
  duplicate,
  event: buildSubscriptionEvent(),
  callback: { ...buildCallback("callback_1").data, previous: buildSubscription({ quantity: 2 }) },
  purchase: buildPurchase(),
  consent: buildConsent(),
  priceMigration: buildPriceMigration(),
  migrationEntry: entry,
  creditsAccount: { grants: [], debts: [{ grantId: "purchase:stripe:cs_1", amount: 50 }] },
  creditsHold: {
    id: "hold_1",
    amount: 5,
    parts: [{ grantId: "hand:welcome", amount: 5 }],
    state: "open",
    used: null,
    createdAt: "2026-03-01T00:00:00.000Z",
    expiresAt: "2026-03-01T00:05:00.000Z",
    settledAt: null,
  },
  creditsEntry: {
    kind: "expired",
    amount: -5,
    balance: 0,
    parts: [],
    grantId: "hand:welcome",
    reason: null,
    key: null,
    at: "2026-03-01T00:00:00.000Z",
  },
  seats: {
    ...{ customerId: "org_1", group: "main", count: 7, since: "2026-03-01T00:00:00.000Z" },
    ...{
      countedAt: "2026-03-02T00:00:00.000Z",
      earlier: [],
      carried: null,
      attempts: 0,
      problem: null,
      told: null,
    },
  },
  pricePromise: { customerId: "org_1", until: null, promisedAt: "2026-03-01T00:00:00.000Z" },
} as const;
const kinds = Object.keys(records) as RecordKind[];

describe("packRecord", () => {
  it.each(kinds)("gives a %s its version, and nothing is lost on the way there and back", (kind) => {
    const stored = JSON.parse(JSON.stringify(packRecord(kind, records[kind])));
    expect(stored.v).toBe(recordUpgrades[kind].length + 1);
    expect(unpackRecord(kind, stored)).toEqual(records[kind]);
    expect(writtenEarlier(kind, stored)).toBeNull();
  });

  it("gives subscriptions within a record their own version", () => {
    const v = recordUpgrades.subscription.length + 1;
    expect(packRecord("event", records.event)).toMatchObject({ state: { v } });
    expect(packRecord("callback", records.callback)).toMatchObject({ subscription: { v }, previous: { v } });
  });
});

describe("unpackRecord", () => {
  const { origin: _, ...early } = subscription;

  it("fills in what came later, and also gives the record as it was written", () => {
    expect(unpackRecord("subscription", early)).toEqual({ ...subscription, origin: "provider" });
    expect(writtenEarlier("subscription", early)).toBe(early);
    const justBefore = { ...subscription, v: recordUpgrades.subscription.length };
    expect(writtenEarlier("subscription", justBefore)).toBe(justBefore);
    const { trialDays: __, ...checkout } = buildCheckout();
    expect(unpackRecord("checkout", checkout)).toEqual({ ...checkout, trialDays: 0 });
  });

  it("gives a payment that has waited since then what payments say today, and leaves what it says", () => {
    const payment = { type: "payment.failed", invoiceId: "in_1" };
    expect(unpackRecord("event", payment)).toMatchObject({ attempt: null, isOfCatalog: false });
    expect(unpackRecord("event", { ...payment, attempt: 2 })).toMatchObject({ attempt: 2 });
    expect(unpackRecord("event", records.event)).not.toHaveProperty("attempt");
  });

  it("fills it in within events and callbacks too", () => {
    const { origin: _origin, ...state } = subscription;
    expect(unpackRecord("event", { ...records.event, state })).toMatchObject({
      state: { origin: "provider" },
    });
    const data = { ...records.callback, subscription: early, previous: early };
    const upgraded = { origin: "provider" };
    expect(unpackRecord("callback", data)).toMatchObject({ subscription: upgraded, previous: upgraded });
    // What is told about a second subscription includes the one that stays, too.
    const second = { ...records.callback, subscription: early, kept: early };
    expect(unpackRecord("callback", second)).toMatchObject({ subscription: upgraded, kept: upgraded });
  });

  it.each([
    ["an event without a state", "event", { ...records.event, state: "unreadable" }],
    ["a first state", "callback", { ...records.callback, previous: null }],
  ] as const)("leaves %s as it is", (_name, kind, record) => {
    expect(unpackRecord(kind, packRecord(kind, record))).toEqual(record);
  });

  it("never touches what is already there, as where an older instance overwrote a newer one's record", () => {
    const countedFrom = { [subscription.startedAt]: "2026-02-01T00:00:00.000Z" };
    const own = buildSubscription({ origin: "checkout", countedFrom });
    expect(unpackRecord("subscription", own)).toEqual(own);
    const checkout = buildCheckout({ trialDays: 14 });
    expect(unpackRecord("checkout", checkout)).toEqual(checkout);
  });

  it("keeps what only a later release knows", () => {
    const later = { ...subscription, v: 99, discount: { percent: 10 } };
    expect(unpackRecord("subscription", later)).toEqual({ ...subscription, discount: { percent: 10 } });
    expect(writtenEarlier("subscription", later)).toBeNull();
  });
});

describe("upgrades", () => {
  it.each(kinds)("of a %s change nothing that this release writes", (kind) => {
    const written = JSON.parse(JSON.stringify(packRecord(kind, records[kind])));
    expect(unpackRecord(kind, { ...written, v: 1 })).toEqual(records[kind]);
  });
});
