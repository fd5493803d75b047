import { describe, expect, it } from "vitest";
import { decideAccess } from "../access/decide-access.js";
import type { SubscriptionEvent } from "../language/billing-event.js";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildProviderSubscription, buildSubscription } from "../testing/building/build-subscription.js";
import { buildSubscriptionEvent } from "../testing/building/builders.js";
import { type Projection, projectEvent, projectRead } from "./project-event.js";

const at = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString();
const active = buildProviderSubscription();
const ended = buildProviderSubscription({ status: "ended", endedAt: at(9) });

function project(event: Partial<SubscriptionEvent>, current: Subscription | null): Projection {
  return projectEvent({
    event: buildSubscriptionEvent(event),
    current,
    revision: current && "4",
    customerId: "org_1",
  });
}

describe("projectEvent", () => {
  const stored = buildSubscription({ asOf: at(5) });
  const storedEnd = buildSubscription({ status: "ended", endedAt: at(5), asOf: at(5) });

  it.each<[string, Partial<SubscriptionEvent>, Subscription | null, object]>([
    ["the first event", { occurredAt: at(1) }, null, { action: "apply" }],
    ["a newer event", { occurredAt: at(7) }, stored, { action: "apply" }],
    [
      "an event from the next second, because a read is dated up to one too early",
      { occurredAt: at(6) },
      stored,
      { action: "reread", reason: "too_close" },
    ],
    ["an older event", { occurredAt: at(4) }, stored, { action: "stale" }],
    [
      "an event from the same second",
      { occurredAt: at(5) },
      stored,
      { action: "reread", reason: "too_close" },
    ],
    ["an end in the same second", { occurredAt: at(5), state: ended }, stored, { action: "apply" }],
    ["an end that seems older", { occurredAt: at(4), state: ended }, stored, { action: "apply" }],
    ["a late update after the end", { occurredAt: at(8) }, storedEnd, { action: "stale" }],
    ["a second end", { occurredAt: at(8), state: ended }, storedEnd, { action: "stale" }],
    ["an unreadable one", { occurredAt: at(6), state: "unreadable" }, stored, { reason: "unreadable" }],
    ["an unreadable first one", { state: "unreadable" }, null, { action: "reread", reason: "unreadable" }],
    ["an unreadable old one", { occurredAt: at(4), state: "unreadable" }, stored, { action: "stale" }],
    [
      "an unreadable one after the end",
      { occurredAt: at(8), state: "unreadable" },
      storedEnd,
      { action: "stale" },
    ],
    ["a foreign one", { state: "foreign" }, null, { action: "foreign" }],
    [
      "a stored one that left the catalog",
      { occurredAt: at(7), state: "foreign" },
      stored,
      { action: "apply" },
    ],
    [
      "one that left the catalog within the same second",
      { occurredAt: at(5), state: "foreign" },
      stored,
      { action: "reread", reason: "too_close" },
    ],
    [
      "one that left the catalog before it came back",
      { occurredAt: at(4), state: "foreign" },
      stored,
      { action: "stale" },
    ],
  ])("decides about %s", (_, event, current, decision) => {
    expect(project(event, current)).toMatchObject(decision);
  });

  it("makes one record when updated arrives before created", () => {
    const updated = project({ id: "evt_2", occurredAt: at(2), state: { ...active, quantity: 2 } }, null);
    if (updated.action !== "apply") throw new Error("The first event is applied.");
    const created = project({ type: "subscription.created", occurredAt: at(1) }, updated.subscription);
    expect(updated.subscription).toMatchObject({
      id: "sub_1",
      customerId: "org_1",
      quantity: 2,
      asOf: at(2),
    });
    expect(created).toEqual({ action: "stale" });
  });

  it("closes the old plan of a subscription that was switched to a price of another product", () => {
    const gone = project({ occurredAt: at(7), state: "foreign" }, stored);
    expect(gone).toMatchObject({
      action: "apply",
      subscription: { status: "active", planId: "(unknown)", pendingChange: null, items: [{ planId: null }] },
      callbacks: [{ type: "subscription.changed" }],
    });
    if (gone.action !== "apply") throw new Error("It is applied.");
    const access = decideAccess({
      catalog: buildCatalog(),
      customer: { id: "org_1", canManage: true, hasBillingAccount: true },
      subscriptions: [gone.subscription],
      now: new Date(at(8)),
    });
    expect(access).toMatchObject({ planId: "free", attention: "unknown_plan" });
    const back = project({ occurredAt: at(9) }, gone.subscription);
    expect(back).toMatchObject({ action: "apply", subscription: { planId: "pro" } });
    expect(
      projectRead({ state: "foreign", asOf: at(7), current: null, revision: null, customerId: "org_1" }),
    ).toEqual({
      action: "foreign",
    });
  });

  it("ends a stored subscription whose lines have left the catalog, so that access does not stay open", () => {
    const gone = { type: "subscription.ended", occurredAt: at(7), state: "foreign" } as const;
    expect(project(gone, stored)).toMatchObject({
      action: "apply",
      subscription: { status: "ended", endedAt: at(7), asOf: at(7), planId: "pro" },
      callbacks: [{ type: "subscription.ended" }],
    });
    expect(project(gone, storedEnd)).toEqual({ action: "stale" });
    expect(project(gone, null)).toEqual({ action: "foreign" });
  });

  it("keeps what was bought at a price that left the catalog", () => {
    const items = [{ ...active.items[0], id: "si_1", priceId: "price_old", planId: "pro", unitAmount: 1900 }];
    const kept = project({ occurredAt: at(7), state: { ...active, items } as typeof active }, stored);
    expect(kept).toMatchObject({ action: "apply", subscription: { planId: "pro", items } });
  });

  it("counts grace from the first failed payment in a row", () => {
    const pastDue = { ...active, status: "past_due" } as const;
    const first = project({ occurredAt: at(7), state: pastDue }, stored);
    if (first.action !== "apply") throw new Error("A newer event is applied.");
    expect(first.subscription.pastDueSince).toBe(at(7));
    const second = project({ id: "evt_2", occurredAt: at(9), state: pastDue }, first.subscription);
    expect(second).toMatchObject({ subscription: { pastDueSince: at(7), asOf: at(9) } });
    const paid = project({ id: "evt_3", occurredAt: at(9) }, first.subscription);
    expect(paid).toMatchObject({ subscription: { pastDueSince: null } });
  });

  it("tells the app that the trial is about to end", () => {
    const trial = { ...active, status: "trialing", trialEndsAt: at(300) } as const;
    const current = buildSubscription({ ...trial, asOf: at(5) });
    const ending = project({ type: "trial.ending", occurredAt: at(7), state: trial }, current);
    expect(ending).toMatchObject({
      callbacks: [{ id: `sub_1:trial.ending:${at(300)}`, type: "trial.ending" }],
    });
  });
});

describe("projectRead", () => {
  const read = (asOf: string, current: Subscription | null, more: object = {}) =>
    projectRead({ state: active, asOf, current, revision: current && "4", customerId: "org_1", ...more });
  const stored = buildSubscription({ asOf: at(5) });

  it.each<[string, Projection["action"], string, Subscription | null, object]>([
    ["the first read", "apply", at(1), null, {}],
    ["a newer read", "apply", at(6), stored, {}],
    ["a read in the same second, which is the newer state", "apply", at(5), stored, {}],
    ["a read that is dated before what was stored when it began", "apply", at(4), stored, {}],
    ["an end in an older read", "apply", at(4), stored, { state: ended }],
    ["any read after the end", "stale", at(9), buildSubscription({ status: "ended", asOf: at(5) }), {}],
  ])("decides about %s: %s", (_, action, asOf, current, more) => {
    expect(read(asOf, current, more).action).toBe(action);
  });

  it.each<[string, string, Subscription | null, object]>([
    ["its own", at(6), stored, { since: at(4) }],
    ["that of what was stored", at(4), buildSubscription({ asOf: at(6) }), { since: at(3) }],
    ["that of the event that made us read", at(4), stored, { since: at(6) }],
  ])("dates a read by the latest of three times: %s", (_, asOf, current, more) => {
    expect(read(asOf, current, more)).toMatchObject({ subscription: { asOf: at(6) } });
  });

  it("changes nothing, and tells the app nothing, when the webhook of the same state arrives after the return", () => {
    const first = read(at(5), null);
    if (first.action !== "apply") throw new Error("The first read is applied.");
    expect(first.callbacks.map(({ id }) => id)).toEqual([`sub_1:subscription.activated:first:${at(5)}`]);
    const later = project({ occurredAt: at(7) }, first.subscription);
    expect(later).toMatchObject({ action: "apply", callbacks: [] });
  });
});
