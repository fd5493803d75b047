import { describe, expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { addDays } from "../language/time.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideNotice, defaultNoticeDays, isNoticeCurrent, withNotice } from "./decide-notice.js";

const since = "2026-03-05T10:00:00.000Z";
const failed = {
  invoiceId: "in_1",
  amount: 2900,
  currency: "usd",
  attempts: 1,
  nextAttemptAt: addDays(since, 3),
};
const dunning = { ...failed, since, attemptedAt: since, noticed: null };
const arrears = { paidPeriod: { start: "2026-02-05T10:00:00.000Z", end: since }, failed };
const pastDue = { status: "past_due", pastDueSince: since, dunning, arrears } as const;

function decide(own: Partial<Subscription>, day: number, options: { noticeDays?: readonly number[] } = {}) {
  return decideNotice({
    subscription: buildSubscription({ ...pastDue, ...own }),
    ...{ noticeDays: defaultNoticeDays, graceDays: 7, updateUrl: "https://app.test/card", ...options },
    now: new Date(addDays(since, day)),
  });
}

const noticed = (day: number) => ({ dunning: { ...dunning, noticed: day } });

describe("which notice is due", () => {
  it.each<[string, Partial<Subscription>, number, number | null]>([
    ["at once", {}, 0, 0],
    ["once for a day", noticed(0), 0, null],
    ["not before its day", noticed(0), 2.99, null],
    ["on its day", noticed(0), 3, 3],
    ["the latest of those that were slept through", noticed(0), 5.5, 5],
    ["the last, when all were", {}, 30, 7],
    ["none after the last", noticed(7), 30, null],
    ["none before the failure, by a clock that runs behind", {}, -0.1, null],
    ["none once it is paid", { status: "active", dunning: null }, 3, null],
    ["none once the provider gave up", { status: "unpaid" }, 3, null],
    ["none once it has ended", { status: "ended" }, 3, null],
    ["none once it is cancelled", { cancelAt: addDays(since, 20) }, 3, null],
    ["none where the provider doesn't say what failed", { dunning: null }, 3, null],
  ])("is %s", (_name, own, day, expected) => {
    expect(decide(own, day)?.noticed ?? null).toBe(expected);
  });

  it("is told on the days that the app chose, or never", () => {
    expect(decide({}, 1, { noticeDays: [1, 14] })).toMatchObject({ noticed: 1, final: false });
    expect(decide(noticed(1), 14, { noticeDays: [1, 14] })).toMatchObject({ noticed: 14, final: true });
    expect(decide({}, 14, { noticeDays: [] })).toBeNull();
  });
});

it.each([
  ["a card from before the latest attempt", "2026-03-01T10:00:00.000Z", {}, 0],
  ["another card, which is tried next", "2026-03-06T10:00:00.000Z", {}, null],
  ["another card that has failed, too", "2026-03-06T10:00:00.000Z", { attemptedAt: addDays(since, 2) }, 0],
  ["another card, which nobody will try", "2026-03-06T10:00:00.000Z", { nextAttemptAt: null }, 0],
  ["a method whose age is not known", null, {}, 0],
])("with %s the notice that is due is as it should be", (_name, createdAt, own, expected) => {
  const subscription = buildSubscription({ ...pastDue, dunning: { ...dunning, ...own } });
  const input = { noticeDays: defaultNoticeDays, graceDays: 7, updateUrl: "https://app.test/card" };
  const now = new Date(addDays(since, 2));
  const notice = decideNotice({ ...input, subscription, method: { createdAt }, now });
  expect(notice?.noticed ?? null).toBe(expected);
});

it("has everything that a mail needs", () => {
  expect(decide({}, 0)).toEqual({
    ...{ customerId: "org_1", planId: "pro", provider: "stripe", subscriptionId: "sub_1", invoiceId: "in_1" },
    ...{ amount: 2900, currency: "usd", attempts: 1, nextAttemptAt: addDays(since, 3), since },
    ...{ noticed: 0, final: false, graceEndsAt: addDays(since, 7), updateUrl: "https://app.test/card" },
  });
  expect(decide({}, 7)).toMatchObject({ noticed: 7, final: true, graceEndsAt: null });
  expect(decide({ arrears: { ...arrears, paidPeriod: null } }, 0)).toMatchObject({ graceEndsAt: null });
});

it("is outdated in the outbox once something else is so", () => {
  const subscription = buildSubscription(pastDue);
  const notice = decide({}, 0);
  if (notice === null) throw new Error("None is due.");
  const told = withNotice(subscription, notice);
  expect(isNoticeCurrent(notice, told)).toBe(true);
  expect(isNoticeCurrent(notice, { ...told, status: "active", dunning: null })).toBe(false);
  expect(isNoticeCurrent(notice, { ...told, cancelAt: since })).toBe(false);
  expect(isNoticeCurrent(notice, { ...told, ...noticed(3) })).toBe(false);
  expect(isNoticeCurrent({ ...notice, invoiceId: "in_0" }, told)).toBe(false);
  expect(isNoticeCurrent(notice, null)).toBe(false);
});
