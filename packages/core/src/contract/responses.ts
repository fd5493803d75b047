import * as z from "zod";
import type { AccessState, FeatureAccess, SubscriptionSummary } from "../access/access-state.js";
import type { PlansDescription } from "../catalog/describe-plans.js";
import type { ErrorBody, ErrorDetails } from "../coded-error.js";
import { type ErrorCode, errorStatus } from "../error-status.js";

const time = z.iso.datetime();
const minorUnits = z.int().nonnegative();
const interval = z.enum(["month", "year"]);
const featureType = z.enum(["switch", "limit", "metered"]);

/** The body of GET /plans. */
export const plansResponse: z.ZodType<PlansDescription> = z.strictObject({
  currency: z.string(),
  currencies: z.array(z.string()),
  features: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      type: featureType,
    }),
  ),
  plans: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      group: z.string(),
      featured: z.boolean(),
      trialDays: z.int().nonnegative(),
      kind: z.enum(["free", "paid", "contact"]),
      contactUrl: z.string().nullable(),
      prices: z.array(
        z.strictObject({
          interval,
          amount: minorUnits,
          model: z.enum(["flat", "per_seat"]),
          minimumQuantity: z.int().positive(),
          maximumQuantity: z.int().positive().nullable(),
        }),
      ),
      includes: z.record(z.string(), z.union([z.literal(true), z.int().positive(), z.literal("unlimited")])),
    }),
  ),
  products: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      amount: minorUnits,
    }),
  ),
});
export type PlansResponse = PlansDescription;

const period = z.strictObject({ start: time, end: time });

const subscriptionSummary: z.ZodType<SubscriptionSummary> = z.strictObject({
  planId: z.string(),
  group: z.string(),
  status: z.enum(["incomplete", "trialing", "active", "past_due", "unpaid", "paused", "ended"]),
  interval,
  currency: z.string(),
  quantity: z.int().nonnegative(),
  unitAmount: minorUnits.nullable(),
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
    .strictObject({ planId: z.string(), interval, quantity: z.int().nonnegative(), at: time })
    .nullable(),
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
  upgradeTo: z.string().nullable(),
});

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
  trialUsed: z.boolean(),
  features: z.record(z.string(), featureAccess),
  owned: z.record(z.string(), z.int().nonnegative()),
  degraded: z.boolean(),
  decidedAt: time,
});
export type AccessResponse = AccessState;

/** The body of POST /checkout: send the person to `url`. */
export const checkoutResponse = z.strictObject({
  id: z.string(),
  kind: z.literal("hosted"),
  url: z.url(),
  expiresAt: time,
});
export type CheckoutResponse = z.infer<typeof checkoutResponse>;

/** The body of GET /checkout/:id: how it ended, and the access that follows from it at once. */
export const checkoutStatusResponse = z.strictObject({
  id: z.string(),
  status: z.enum(["open", "complete", "expired"]),
  /** `processing`: complete, and the money is on its way (bank debits). `failed`: complete, and it did not come. */
  payment: z.enum(["paid", "unpaid", "processing", "failed", "not_required"]),
  access: accessResponse,
});
export type CheckoutStatusResponse = z.infer<typeof checkoutStatusResponse>;

/** The body of POST /portal: send the person to `url`. */
export const portalResponse = z.strictObject({ url: z.url() });
export type PortalResponse = z.infer<typeof portalResponse>;

/** The body of POST /webhook/:provider. */
export const webhookResponse = z.strictObject({ received: z.literal(true) });
export type WebhookResponse = z.infer<typeof webhookResponse>;

const errorCode = z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]);
const errorDetails: z.ZodType<ErrorDetails> = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);

/** The body of every refusal. */
export const errorResponse: z.ZodType<ErrorBody> = z.strictObject({
  error: z.union([
    z.strictObject({ code: errorCode, message: z.string(), details: errorDetails }),
    z.strictObject({ code: errorCode, message: z.string() }),
  ]),
});
export type ErrorResponse = ErrorBody;
