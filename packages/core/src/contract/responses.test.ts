import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideAccess } from "../access/decide-access.js";
import { describePlans } from "../catalog/describe-plans.js";
import { type ErrorCode, errorStatus } from "../language/error-status.js";
import { BillingError } from "../language/errors.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { accessResponse } from "./access.js";
import { checkoutStatusResponse } from "./checkout.js";
import { errorResponse } from "./error-response.js";
import { plansResponse } from "./plans.js";

const catalog = buildCatalog();
const isoTime = fc
  .date({ min: new Date("2025-01-01"), max: new Date("2028-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const planId = fc.constantFrom(...Object.keys(catalog.plans), "legacy", "__proto__", "constructor");
const interval = fc.constantFrom("day", "2_weeks", "month", "3_months", "year");

const subscription = fc
  .record({
    id: fc.uuid(),
    planId,
    group: fc.constantFrom("main", "support", "__proto__"),
    interval,
    status: fc.constantFrom("incomplete", "trialing", "active", "past_due", "unpaid", "paused", "ended"),
    quantity: fc.nat(),
    startedAt: isoTime,
    cancelAt: optional(isoTime),
    endedAt: optional(isoTime),
    trialEndsAt: optional(isoTime),
    pastDueSince: optional(isoTime),
    pause: optional(fc.record({ kind: fc.constantFrom("full", "collection"), resumesAt: optional(isoTime) })),
    pendingChange: optional(fc.record({ planId, interval, quantity: fc.nat(), at: isoTime })),
    currentPeriod: optional(fc.record({ start: isoTime, end: isoTime })),
  })
  .map((overrides) => buildSubscription(overrides));

const accessInput = fc.record({
  customer: optional(
    fc.record({ id: fc.string(), canManage: fc.boolean(), hasBillingAccount: fc.boolean() }),
  ),
  subscriptions: fc.array(subscription, { maxLength: 5 }),
  usage: fc.dictionary(fc.constantFrom("messages", "projects", "__proto__", "other"), fc.nat()),
  graceDays: fc.integer({ min: 0, max: 60 }),
  now: isoTime.map((time) => new Date(time)),
});

describe("accessResponse", () => {
  it("accepts whatever decideAccess decides, after a trip through JSON", () => {
    fc.assert(
      fc.property(accessInput, (input) => {
        const state = decideAccess({ catalog, ...input });
        expect(accessResponse.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
    );
  });

  it("refuses an unknown key at any depth", () => {
    const customer = { id: "org_1", canManage: false, hasBillingAccount: false };
    const subscriptions = [buildSubscription()];
    const state = decideAccess({ catalog, customer, subscriptions, now: new Date() });
    const deep = { ...state, subscription: { ...state.subscription, providerCustomerId: "cus_1" } };
    expect(accessResponse.safeParse(state).success).toBe(true);
    expect(accessResponse.safeParse({ ...state, secret: "sk_live" }).success).toBe(false);
    expect(accessResponse.safeParse(deep).success).toBe(false);
    const access = state;
    const checkout = { id: "cs_1", status: "complete", payment: "paid", access };
    expect(checkoutStatusResponse.safeParse(checkout).success).toBe(true);
    expect(checkoutStatusResponse.safeParse({ ...checkout, url: "x" }).success).toBe(false);
  });
});

describe("plansResponse", () => {
  it.each(["usd", "eur", "gbp"])("accepts what describePlans says in %s", (currency) => {
    const described = describePlans(catalog, currency);
    expect(plansResponse.parse(JSON.parse(JSON.stringify(described)))).toEqual(described);
    expect(plansResponse.safeParse({ ...described, secret: "sk_live" }).success).toBe(false);
  });
});

describe("errorResponse", () => {
  it.each(Object.keys(errorStatus) as ErrorCode[])("accepts a refusal with %s", (code) => {
    const details = { planId: "pro", allowed: ["a", "b"], limit: 3, open: false, until: null };
    for (const error of [new BillingError(code, "No."), new BillingError(code, "No.", { details })]) {
      expect(errorResponse.parse(JSON.parse(JSON.stringify(error)))).toEqual(error.toJSON());
    }
  });

  it("refuses codes that are not in the table, and keys that are not in the contract", () => {
    const error = { code: "invalid_body", message: "No." };
    expect(errorResponse.safeParse({ error: { ...error, code: "toString" } }).success).toBe(false);
    expect(errorResponse.safeParse({ error: { ...error, stack: "at …" } }).success).toBe(false);
    expect(errorResponse.safeParse({ error, status: 400 }).success).toBe(false);
  });
});
