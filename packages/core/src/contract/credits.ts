import * as z from "zod";
import type { CreditsSummary } from "../language/credits.js";
import { time } from "./fields.js";
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

export const creditsRoutes = {
  "GET /credits": {
    name: "credits",
    does: "what is left of each of the catalog's credits, what of it is held, and what expires next",
    who: "identified",
    response: creditsResponse,
    refuses: [],
  },
} as const satisfies Routes;
