import * as z from "zod";
import type { CreditsSummary } from "../language/credits.js";
import { currency, minorUnits, time } from "./fields.js";
import type { Routes } from "./route.js";

/** What is left of the catalog's credits, by its names. */
export const creditsSummaries: z.ZodType<Readonly<Record<string, CreditsSummary>>> = z.record(
  z.string(),
  z.strictObject({
    available: z.int().nonnegative(),
    held: z.int().nonnegative(),
    owed: z.int().nonnegative(),
    expiring: z.strictObject({ amount: z.int().positive(), at: time }).nullable(),
  }),
);

/** The body of GET /credits. */
export const creditsResponse = z.strictObject({ credits: creditsSummaries });
export type CreditsResponse = z.infer<typeof creditsResponse>;

const topUpStatus = z.strictObject({
  /** `false`: it was switched off, by the customer or because a payment failed. */
  active: z.boolean(),
  /** One is bought when fewer than this are available. */
  threshold: z.int().positive(),
  productId: z.string(),
  currency: z.string(),
  /** What one costs at most, as it was agreed. */
  amount: minorUnits,
  /** The most that is charged in a calendar month, in UTC. */
  monthlyCap: minorUnits,
  /** What was charged in this one, and what is being charged. */
  spent: minorUnits,
  /** How the latest one stands; `null`: there was none yet. */
  state: z.enum(["open", "processing", "requires_action", "paid", "failed"]).nullable(),
  /** The latest one's; one that is in `requires_action` is confirmed by `POST /invoices/:id/pay`. */
  invoiceId: z.string().nullable(),
  /** Why there was none, or why it was switched off. */
  trouble: z
    .strictObject({
      reason: z.enum([
        "declined",
        "payment_method_missing",
        "action_required",
        "not_confirmed",
        "cap_reached",
        "price_changed",
        "not_sold",
        "refused",
      ]),
      detail: z.string().nullable(),
      at: time,
    })
    .nullable(),
});

/** The body of GET /credits/top-ups. */
export const topUpsResponse = z.strictObject({
  /** By the catalog's names of credits; absent where nobody ever chose one. */
  topUps: z.record(z.string(), topUpStatus),
});
export type TopUpsResponse = z.infer<typeof topUpsResponse>;

/** The body of POST /credits/top-up. What one costs is the server's. */
export const topUpRequest = z.strictObject({
  /** One of the catalog's credits. */
  credit: z.string().min(1).max(64),
  /** `null` switches it off. */
  topUp: z
    .strictObject({
      threshold: z.int().min(1),
      productId: z.string().min(1).max(64),
      currency,
      monthlyCap: minorUnits,
    })
    .nullable(),
});
export type TopUpRequest = z.input<typeof topUpRequest>;

export const creditsRoutes = {
  "GET /credits/top-ups": {
    name: "topUps",
    does: "what the customer chose to be bought by itself when credits run low, and how it stands",
    who: "manager",
    response: topUpsResponse,
    refuses: [],
  },
  "POST /credits/top-up": {
    name: "setTopUp",
    does: "has a product bought by itself when fewer credits than a threshold are left, up to a cap per month, or switches that off",
    who: "manager",
    limit: "changes",
    body: topUpRequest,
    examples: [
      { credit: "tokens", topUp: { threshold: 100, productId: "credits", monthlyCap: 5000 } },
      { credit: "tokens", topUp: null },
    ],
    response: topUpsResponse,
    refuses: ["not_found", "unknown_product", "unknown_price", "not_a_customer", "not_supported"],
  },
  "GET /credits": {
    name: "credits",
    does: "what is left of each of the catalog's credits, what of it is held, and what expires next",
    who: "identified",
    response: creditsResponse,
    refuses: [],
  },
} as const satisfies Routes;
