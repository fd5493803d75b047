import * as z from "zod";
import { cancelReasons } from "../language/cancellation.js";
import { isStorableText } from "../language/is-storable-text.js";
import { accessResponse } from "./access.js";
import { currency, minorUnits, time } from "./fields.js";
import type { Routes } from "./route.js";

/** The longest feedback, in characters. */
const longestFeedback = 1000;

/** Which subscription, where a customer has several: one with a plan of this group. @default the main plan's */
const group = z.string().min(1).max(64).optional();

/** The body of POST /subscription/cancel. What becomes of unused time is the server's policy. */
export const cancelRequest = z.strictObject({
  group,
  /** What the person says to the offer that an earlier answer made. @default nothing */
  offer: z.enum(["accept", "decline"]).optional(),
  /** When it ends. @default "period_end" */
  at: z.union([z.enum(["period_end", "now"]), time]).optional(),
  reason: z.enum(cancelReasons).optional(),
  /** In the customer's own words. */
  feedback: z
    .string()
    .min(1)
    .max(longestFeedback)
    .refine((text) => isStorableText(text, longestFeedback), "must be text without NUL")
    .optional(),
});
export type CancelRequest = z.input<typeof cancelRequest>;

/** The body of POST /subscription/resume. */
export const resumeRequest = z.strictObject({ group });
export type ResumeRequest = z.input<typeof resumeRequest>;

/** The body of POST /subscription/pause, which pauses in full. */
export const pauseRequest = z.strictObject({
  group,
  /** When it resumes by itself. @default it stays paused until somebody resumes it */
  until: time.optional(),
});
export type PauseRequest = z.input<typeof pauseRequest>;

/** What the three answer: what became of it, and the access that follows at once. */
export const endingResponse = z.strictObject({
  /**
   * `unchanged`: it was so already. `payment_pending`: it resumes once the new period is paid for, which did not work at
   * once.
   */
  outcome: z.enum(["done", "unchanged", "payment_pending"]),
  /** What is paid back for unused time; `null`: nothing. */
  refunded: z.strictObject({ amount: minorUnits, currency: currency.unwrap() }).nullable(),
  access: accessResponse,
});
export type EndingResponse = z.infer<typeof endingResponse>;

const money = z.strictObject({ amount: minorUnits, currency: currency.unwrap() });

/** What somebody who cancels is offered to stay. */
const retentionOffer = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("coupon"),
    percentOff: z.number().nullable(),
    amountOff: money.nullable(),
    duration: z.enum(["once", "repeating", "forever"]),
    months: z.int().nullable(),
  }),
  /** Days that are not charged. */
  z.strictObject({ kind: z.literal("pause"), days: z.int() }),
]);

/** The same of a cancellation, which may be answered by an offer to stay. */
export const cancelResponse = endingResponse.extend({
  /** `offered`: nothing is cancelled until the offer is answered. `kept`: it was accepted. */
  outcome: z.enum(["done", "unchanged", "payment_pending", "offered", "kept"]),
  /** What is offered, or was accepted. */
  offer: retentionOffer.nullable(),
});
export type CancelResponse = z.infer<typeof cancelResponse>;

const shared = {
  who: "manager",
  asksProvider: true,
  limit: "sessions",
  response: endingResponse,
} as const;

export const subscriptionEndingsRoutes = {
  "POST /subscription/cancel": {
    ...shared,
    name: "cancelSubscription",
    does: "cancels with the period's end, now or at a date, and keeps what the person said; first offers what the app gives to whoever stays",
    response: cancelResponse,
    body: cancelRequest,
    examples: [
      {},
      { at: "now" },
      { offer: "decline" },
      { at: "period_end", reason: "too_expensive", feedback: "Too much for one person" },
      { group: "support", at: "2027-01-01T00:00:00Z" },
    ],
    refuses: [
      "nothing_to_manage",
      "invalid_time",
      "offer_not_open",
      // What an offer to pause may meet by the time that it is accepted.
      "already_paused",
      "trial_running",
      "payment_overdue",
      "cancel_scheduled",
      "subscription_ended",
      "foreign_schedule",
      "not_supported",
    ],
  },
  "POST /subscription/resume": {
    ...shared,
    name: "resumeSubscription",
    does: "withdraws a cancellation that is ahead, or ends a pause",
    body: resumeRequest,
    examples: [{}, { group: "support" }],
    refuses: [
      "nothing_to_manage",
      "subscription_ended",
      "payment_method_missing",
      "foreign_schedule",
      "not_supported",
    ],
  },
  "POST /subscription/pause": {
    ...shared,
    name: "pauseSubscription",
    does: "pauses service and invoices, until it is resumed or, where the provider can, until a date",
    body: pauseRequest,
    examples: [{}, { group: "support" }],
    refuses: [
      "nothing_to_manage",
      "subscription_ended",
      "pause_not_offered",
      "invalid_time",
      "already_paused",
      "trial_running",
      "payment_overdue",
      "cancel_scheduled",
      "foreign_schedule",
      "not_supported",
    ],
  },
} as const satisfies Routes;
