import type { ProviderSubscription } from "@tollgate/core";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import {
  april,
  buildItem,
  buildPrice,
  buildStripeSubscription,
  march,
} from "../../../../test/build-stripe.js";
import { defaultView } from "../language/stripe-view.js";
import { normalizeSubscription } from "./normalize-subscription.js";

const march1 = "2026-03-01T00:00:00.000Z";
const april1 = "2026-04-01T00:00:00.000Z";

function normalize(...args: Parameters<typeof buildStripeSubscription>): ProviderSubscription {
  const result = normalizeSubscription(buildStripeSubscription(...args));
  if (typeof result === "string") throw new Error(`The subscription is ${result}.`);
  return result;
}

describe("a Stripe subscription in our words", () => {
  it("is reported in full", () => {
    expect(normalize()).toEqual({
      id: "sub_1",
      provider: "stripe",
      providerCustomerId: "cus_1",
      planId: "pro",
      group: "main",
      interval: "month",
      currency: "usd",
      status: "active",
      quantity: 1,
      items: [
        {
          id: "si_1",
          priceId: "price_pro_month",
          planId: "pro",
          group: "main",
          interval: "month",
          quantity: 1,
          unitAmount: 2900,
          currentPeriod: { start: march1, end: april1 },
        },
      ],
      currentPeriod: { start: march1, end: april1 },
      arrears: null,
      startedAt: march1,
      cancelAt: null,
      cancellation: null,
      endedAt: null,
      trialEndsAt: null,
      pause: null,
      pendingChange: null,
      origin: "checkout",
    });
  });

  it.each([
    ["made in the dashboard", {}, "provider"],
    ["with somebody else's metadata", { customer: "org_1" }, "provider"],
    ["whose metadata has our key, but empty", { tollgate_customer: "" }, "provider"],
    [
      "whose metadata has hostile keys",
      JSON.parse('{"__proto__":{"tollgate_customer":"org_1"}}'),
      "provider",
    ],
    ["that inherits our key", Object.create({ tollgate_customer: "org_1" }), "provider"],
    ["that our checkout opened", { tollgate_customer: "org_1" }, "checkout"],
  ])("knows where one came from: %s", (_name, metadata, origin) => {
    expect(normalize({ metadata }).origin).toBe(origin);
  });

  it("has prices in ISO 4217's minor units", () => {
    const items = [buildItem({ price: buildPrice({ currency: "ugx", unit_amount: 50_000 }) })];
    expect(normalize({ currency: "ugx" }, items).items).toMatchObject([{ unitAmount: 500 }]);
  });

  it.each([
    ["incomplete", "incomplete"],
    ["incomplete_expired", "ended"],
    ["trialing", "trialing"],
    ["active", "active"],
    ["unpaid", "unpaid"],
    ["paused", "paused"],
    ["canceled", "ended"],
  ])("has for the status %s our %s", (status, ours) => {
    expect(normalize({ status }).status).toBe(ours);
  });

  it("is past due with what was paid, and unreadable where nobody checked that", () => {
    const arrears = { paidPeriod: { start: march1, end: april1 } };
    const pastDue = buildStripeSubscription({ status: "past_due" });
    expect(normalizeSubscription(pastDue, defaultView, arrears)).toMatchObject({
      status: "past_due",
      arrears,
    });
    expect(normalizeSubscription(pastDue)).toBe("unreadable");
  });

  it.each(["frozen", "__proto__", "constructor"])("is unreadable with the unknown status %s", (status) => {
    expect(normalizeSubscription(buildStripeSubscription({ status }))).toBe("unreadable");
  });

  it.each([
    ["at the period's end", { cancel_at_period_end: true }, april1],
    ["at a time", { cancel_at: march + 86_400 }, "2026-03-02T00:00:00.000Z"],
    ["no longer, once it has ended", { cancel_at: march + 86_400, status: "canceled" }, null],
  ] as const)("is scheduled to end %s", (_, fields, cancelAt) => {
    expect(normalize(fields).cancelAt).toBe(cancelAt);
  });

  it.each([
    ["in full", { status: "paused" }, { kind: "full", resumesAt: null }],
    ...(
      [
        ["trial_end_without_payment_method", "trial_ended"],
        ["first_payment_failure", "failed"],
        ["final_payment_failure", "failed"],
        ["pause_requested", "asked"],
      ] as const
    ).map(
      ([type, reason]) =>
        [
          `in full for ${type}`,
          {
            status: "paused",
            status_details: {
              paused: { subscription: { type }, transitioned_at: april, type: "subscription" },
            },
          },
          { kind: "full", resumesAt: null, reason },
        ] as const,
    ),
    [
      "in full for a reason that is not known here",
      {
        status: "paused",
        status_details: {
          paused: { subscription: { type: "toString" }, transitioned_at: april, type: "subscription" },
        },
      },
      { kind: "full", resumesAt: null },
    ],
    [
      "of collection, without an end",
      { pause_collection: { behavior: "void", resumes_at: null } },
      { kind: "collection", resumesAt: null },
    ],
    [
      "of collection, with an end",
      { pause_collection: { behavior: "keep_as_draft", resumes_at: april } },
      { kind: "collection", resumesAt: april1 },
    ],
  ] as const)("is paused %s", (_, fields, pause) => {
    expect(normalize(fields).pause).toEqual(pause);
  });

  it("reports the trial, the end and an expanded customer", () => {
    const customer = { id: "cus_2", object: "customer" } as Stripe.Customer;
    expect(normalize({ customer, trial_end: april, ended_at: april, status: "canceled" })).toMatchObject({
      providerCustomerId: "cus_2",
      trialEndsAt: april1,
      endedAt: april1,
    });
  });

  it("takes plan, quantity and period from the plan's item, wherever that is", () => {
    const addOn = buildItem({
      id: "si_0",
      price: buildPrice({ id: "price_sms", metadata: {}, unit_amount: null }),
      current_period_end: march + 7 * 86_400,
    });
    const seats = buildItem({ quantity: 7 });
    const subscription = normalize({}, [addOn, seats]);
    expect(subscription).toMatchObject({ planId: "pro", quantity: 7, currentPeriod: { end: april1 } });
    expect(subscription.items).toMatchObject([
      { id: "si_0", planId: null, unitAmount: null },
      { id: "si_1", planId: "pro", quantity: 7 },
    ]);
  });

  it("knows the plan of each line, and takes its own terms from the first", () => {
    const metadata = { tollgate_plan: "care", tollgate_group: "support" };
    const recurring = { ...buildPrice().recurring, interval: "year" } as Stripe.Price.Recurring;
    const care = buildItem({ id: "si_2", price: buildPrice({ metadata, recurring }), quantity: 2 });
    const setup = buildItem({ id: "si_3", price: buildPrice({ metadata: {} }) });
    const subscription = normalize({}, [buildItem(), care, setup]);
    expect(subscription).toMatchObject({ planId: "pro", group: "main", interval: "month", quantity: 1 });
    expect(subscription.items).toMatchObject([
      { planId: "pro", group: "main", interval: "month", quantity: 1 },
      { planId: "care", group: "support", interval: "year", quantity: 2 },
      { planId: null, group: null, interval: null },
    ]);
  });

  it("keeps a grandfathered price with its plan: the price lost its lookup key, not its metadata", () => {
    const old = buildPrice({ id: "price_old", active: false, lookup_key: null, unit_amount: 1900 });
    expect(normalize({}, [buildItem({ price: old })])).toMatchObject({
      planId: "pro",
      items: [{ priceId: "price_old", unitAmount: 1900 }],
    });
  });

  it("puts a price without a group into the main one", () => {
    const price = buildPrice({ metadata: { tollgate_plan: "pro" } });
    expect(normalize({}, [buildItem({ price })]).group).toBe("main");
  });

  const every = (interval: string, interval_count: number) =>
    buildPrice({
      recurring: { interval, interval_count, meter: null, trial_period_days: null, usage_type: "licensed" },
    });
  it.each([
    ["of another product", buildPrice({ metadata: {} })],
    ["with an empty plan", buildPrice({ metadata: { tollgate_plan: "" } })],
    ["by four years", every("year", 4)],
    ["by an hour, should there ever be one", every("hour", 1)],
  ])("is foreign with only a price %s", (_, price) => {
    expect(normalizeSubscription(buildStripeSubscription({}, [buildItem({ price })]))).toBe("foreign");
  });
  it.each([
    ["week", 1, "week"],
    ["month", 3, "3_months"],
    ["month", 12, "year"],
    ["day", 14, "2_weeks"],
  ])("names a price of each %s times %i by its shortest name", (unit, count, interval) => {
    const price = every(unit, count);
    expect(normalize({}, [buildItem({ price })])).toMatchObject({ planId: "pro", interval });
  });
});

describe("a schedule", () => {
  const phase = (start_date: number, end_date: number, price: Stripe.Price, quantity = 1) =>
    ({ start_date, end_date, items: [{ price, quantity }] }) as unknown as Stripe.SubscriptionSchedule.Phase;
  const schedule = (...phases: Stripe.SubscriptionSchedule.Phase[]) =>
    ({
      id: "sub_sched_1",
      current_phase: { start_date: march, end_date: april },
      phases,
    }) as Stripe.SubscriptionSchedule;
  const starter = buildPrice({ id: "price_starter", metadata: { tollgate_plan: "starter" } });
  const now = phase(march, april, buildPrice());

  it("reports the next phase as the pending change", () => {
    const later = phase(april, april + 86_400, starter, 2);
    expect(normalize({ schedule: schedule(now, later) }).pendingChange).toEqual({
      planId: "starter",
      interval: "month",
      quantity: 2,
      at: april1,
    });
  });

  it.each([
    ["there is no next phase", [now]],
    ["the next phase is the same", [now, phase(april, april + 86_400, buildPrice())]],
    ["the next phase has no plan of ours", [now, phase(april, april + 86_400, buildPrice({ metadata: {} }))]],
  ] as const)("changes nothing when %s", (_, phases) => {
    expect(normalize({ schedule: schedule(...phases) }).pendingChange).toBeNull();
  });

  it("is read for the plan's own group, in whichever order its lines come", () => {
    const carePrice = buildPrice({ metadata: { tollgate_plan: "care", tollgate_group: "support" } });
    const items = [buildItem(), buildItem({ id: "si_2", price: carePrice })];
    const both = (price: Stripe.Price) =>
      ({
        ...phase(april, april + 86_400, price),
        items: [
          { price: carePrice, quantity: 1 },
          { price, quantity: 1 },
        ],
      }) as unknown as Stripe.SubscriptionSchedule.Phase;
    const pendingOf = (next: Stripe.SubscriptionSchedule.Phase) =>
      normalize({ schedule: schedule(now, next) }, items).pendingChange;
    expect(pendingOf(both(starter))).toMatchObject({ planId: "starter" });
    expect(pendingOf(both(buildPrice()))).toBeNull();
    // Only the other plan continues: the first one ends, which is not a change to another plan.
    expect(pendingOf(phase(april, april + 86_400, carePrice))).toBeNull();
  });

  it("that moves the one plan to another group reports it", () => {
    const carePrice = buildPrice({ metadata: { tollgate_plan: "care", tollgate_group: "support" } });
    const later = phase(april, april + 86_400, carePrice);
    expect(normalize({ schedule: schedule(now, later) }).pendingChange).toMatchObject({ planId: "care" });
  });

  it("that adds, drops or recounts an add-on reports how many of each there will be", () => {
    const metadata = { tollgate_addon: "storage", tollgate_interval: "month" };
    // Not sold any more: it has lost its lookup key, and keeps its metadata.
    const storage = buildPrice({ id: "price_old", active: false, unit_amount: 400, metadata });
    const line = buildItem({ id: "si_2", price: storage, quantity: 2 });
    const held = normalize({}, [line, buildItem()]);
    expect(held).toMatchObject({ planId: "pro", pendingChange: null });
    expect(held.items[0]).toMatchObject({ planId: null, interval: "month", addOnId: "storage", quantity: 2 });
    expect(held.items[1]).not.toHaveProperty("addOnId");
    const elsewhere = buildPrice({ metadata: { ...metadata, tollgate_app: "shop" } });
    expect(normalize({}, [buildItem(), buildItem({ price: elsewhere })]).items[1]).not.toHaveProperty(
      "addOnId",
    );
    const later = (...items: { price: Stripe.Price; quantity: number }[]) => {
      const next = { ...phase(april, april + 86_400, buildPrice()), items };
      const both = schedule(now, next as unknown as Stripe.SubscriptionSchedule.Phase);
      return normalize({ schedule: both }, [line, buildItem()]).pendingChange;
    };
    const plan = { price: buildPrice(), quantity: 1 };
    expect(later(plan, { price: storage, quantity: 2 })).toBeNull();
    expect(later(plan, { price: storage, quantity: 5 })).toMatchObject({
      planId: "pro",
      addOns: { storage: 5 },
    });
    expect(later(plan)).toMatchObject({ planId: "pro", addOns: {} });
  });

  it("that is not expanded makes the subscription unreadable, unless it has ended", () => {
    const attached = { schedule: "sub_sched_1" };
    expect(normalizeSubscription(buildStripeSubscription(attached))).toBe("unreadable");
    expect(normalize({ ...attached, status: "canceled" }).pendingChange).toBeNull();
  });
});
