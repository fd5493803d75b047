import * as z from "zod";
import { time } from "./fields.js";
import type { Routes } from "./route.js";

const balance = z.strictObject({
  /** How many can be used or reserved. */
  available: z.int().nonnegative(),
  /** How many are reserved, and neither used nor free. */
  held: z.int().nonnegative(),
  /** How many were to be taken back after they had been used: the next ones of plans and products pay them. */
  owed: z.int().nonnegative(),
  /** Which of them expire next. */
  expiring: z.strictObject({ amount: z.int().positive(), at: time }).nullable(),
});

/** The body of GET /credits. */
export const creditsResponse = z.strictObject({
  /** By the catalog's names. */
  credits: z.record(z.string(), balance),
});
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
