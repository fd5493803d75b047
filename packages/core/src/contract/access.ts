import * as z from "zod";
import type { AccessState, FeatureAccess, SubscriptionSummary } from "../access/access-state.js";
import type { AccessUnlock } from "../access/access-unlock.js";
import type { FeatureCap } from "../access/feature-cap.js";
import type { AddOnOffer } from "../offer/add-on-offer.js";
import type { PlanOffer } from "../offer/plan-offer.js";
import { creditsSummaries } from "./credits.js";
import { featureType, interval, minorUnits, time } from "./fields.js";
import { priceRate } from "./price-rate.js";
import type { Routes } from "./route.js";

const period = z.strictObject({ start: time, end: time });

const addOnQuantities = z.record(z.string(), z.int().positive());

const subscriptionSummary: z.ZodType<SubscriptionSummary> = z.strictObject({
  planId: z.string(),
  group: z.string(),
  status: z.enum(["incomplete", "trialing", "active", "past_due", "unpaid", "paused", "ended"]),
  interval,
  currency: z.string(),
  quantity: z.int().nonnegative(),
  unitAmount: minorUnits.nullable(),
  rate: priceRate.exactOptional(),
  currentPeriod: period.nullable(),
  cancelAt: time.nullable(),
  endedAt: time.nullable(),
  trialEndsAt: time.nullable(),
  pause: z
    .strictObject({
      kind: z.enum(["full", "collection"]),
      resumesAt: time.nullable(),
      reason: z.enum(["trial_ended", "failed", "asked"]).exactOptional(),
    })
    .nullable(),
  pendingChange: z
    .strictObject({
      planId: z.string(),
      interval,
      quantity: z.int().nonnegative(),
      addOns: addOnQuantities.exactOptional(),
      at: time,
    })
    .nullable(),
  addOns: z
    .array(
      z.strictObject({
        addOnId: z.string(),
        quantity: z.int().nonnegative(),
        unitAmount: minorUnits.nullable(),
      }),
    )
    .exactOptional(),
});

const unlockPrice = z.strictObject({
  interval,
  quantity: z.int().positive(),
  amounts: z.record(z.string(), minorUnits),
});
const unlockLimit = z.int().nonnegative().nullable();
const accessUnlock: z.ZodType<AccessUnlock> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("plan"),
    planId: z.string(),
    limit: unlockLimit,
    price: unlockPrice.nullable(),
  }),
  z.strictObject({ kind: z.literal("add_on"), addOnId: z.string(), limit: unlockLimit, price: unlockPrice }),
]);

const money = z.strictObject({ amount: minorUnits, currency: z.string() });
export const featureCap: z.ZodType<FeatureCap> = z.strictObject({
  limit: z.int().nonnegative(),
  setBy: z.enum(["plan", "app", "customer"]),
  raisedBy: z.enum(["manager", "app"]),
  count: z.int().nonnegative().nullable(),
  money: money.nullable(),
  spent: money.nullable(),
});

const featureAccess: z.ZodType<FeatureAccess> = z.strictObject({
  type: featureType,
  allowed: z.boolean(),
  reason: z
    .enum([
      "signed_out",
      "not_in_plan",
      "limit_reached",
      "payment_failed",
      "payment_incomplete",
      "paused",
      "unavailable",
    ])
    .nullable(),
  limit: z.int().nonnegative().nullable(),
  used: z.int().nonnegative(),
  resetsAt: time.nullable().exactOptional(),
  overage: z.enum(["billed", "allowed"]).exactOptional(),
  cap: featureCap.exactOptional(),
  upgradeTo: z.string().nullable(),
  unlocks: z.array(accessUnlock).exactOptional(),
});

const planOffer: z.ZodType<PlanOffer> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("current"),
    changes: z.boolean(),
    switches: z.literal(true).exactOptional(),
  }),
  z.strictObject({ kind: z.literal("pending"), at: time }),
  z.strictObject({
    kind: z.literal("checkout"),
    trialDays: z.int().nonnegative(),
    introUsed: z.literal(true).exactOptional(),
  }),
  z.strictObject({
    kind: z.enum(["change", "switch"]),
    to: z.enum(["higher", "lower", "interval", "quantity"]),
    at: z.enum(["now", "period_end"]).nullable(),
  }),
  z.strictObject({ kind: z.literal("contact"), url: z.string() }),
  z.strictObject({ kind: z.enum(["cancel", "sign_up", "managers_only", "not_sold", "not_switchable"]) }),
]);

const addOnTerms = {
  interval,
  currency: z.string(),
  amount: minorUnits.nullable(),
  maximum: z.int().positive(),
};

const addOnOffer: z.ZodType<AddOnOffer> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("add"), ...addOnTerms }),
  z.strictObject({
    kind: z.literal("held"),
    quantity: z.int().nonnegative(),
    changes: z.boolean(),
    ...addOnTerms,
  }),
  z.strictObject({
    kind: z.literal("pending"),
    quantity: z.int().nonnegative(),
    to: z.int().nonnegative(),
    at: time,
  }),
  z.strictObject({
    kind: z.enum(["included", "checkout", "not_for_plan", "not_sold", "not_changeable", "managers_only"]),
  }),
]);

/** The body of GET /access. */
export const accessResponse: z.ZodType<AccessState> = z.strictObject({
  customerId: z.string().nullable(),
  canManage: z.boolean(),
  hasBillingAccount: z.boolean(),
  planId: z.string().nullable(),
  subscription: subscriptionSummary.nullable(),
  subscriptions: z.array(subscriptionSummary),
  attention: z.enum(["payment_failed", "unknown_plan"]).nullable(),
  graceEndsAt: time.nullable(),
  paymentTrouble: z
    .strictObject({
      since: time,
      attempts: z.int().nonnegative().nullable(),
      nextAttemptAt: time.nullable(),
      due: z.strictObject({ amount: minorUnits, currency: z.string() }).nullable(),
    })
    .nullable(),
  trialUsed: z.boolean(),
  features: z.record(z.string(), featureAccess),
  offers: z.record(z.string(), planOffer),
  owned: z.record(z.string(), z.int().nonnegative()),
  degraded: z.boolean(),
  addOns: addOnQuantities.exactOptional(),
  addOnOffers: z.record(z.string(), addOnOffer).exactOptional(),
  credits: creditsSummaries.exactOptional(),
  decidedAt: time,
});
export type AccessResponse = AccessState;

export const accessRoutes = {
  "GET /access": {
    name: "access",
    does: "what the customer may use: plan, subscription, every feature's answer, what is left of credits",
    who: "identified",
    response: accessResponse,
    refuses: [],
  },
} as const satisfies Routes;
