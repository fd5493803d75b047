import * as z from "zod";
import type { PlansDescription } from "../catalog/describe-plans.js";
import { currency, featureType, interval, minorUnits } from "./fields.js";
import { priceRate } from "./price-rate.js";
import type { Routes } from "./route.js";

/**
 * The query of GET /plans. Unlike in a body, an unknown key is ignored: links and proxies add their own (`utm_source`),
 * and nothing is decided by what anybody may open.
 */
export const plansQuery = z.object({ currency });
export type PlansQuery = z.input<typeof plansQuery>;

const includes = z.record(z.string(), z.union([z.literal(true), z.int().positive(), z.literal("unlimited")]));

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
      trialPrice: minorUnits.exactOptional(),
      trialWithoutCard: z.literal(true).exactOptional(),
      kind: z.enum(["free", "paid", "contact"]),
      contactUrl: z.string().nullable(),
      prices: z.array(
        z.strictObject({
          interval,
          amount: minorUnits,
          model: z.enum(["flat", "per_seat", "tiered", "package"]),
          rate: priceRate.exactOptional(),
          minimumQuantity: z.int().positive(),
          maximumQuantity: z.int().positive().nullable(),
          quantityStep: z.int().positive().exactOptional(),
        }),
      ),
      usage: z
        .array(z.strictObject({ feature: z.string(), included: z.int().nonnegative(), rate: priceRate }))
        .exactOptional(),
      intros: z
        .array(
          z.strictObject({
            interval,
            percentOff: z.number().nullable(),
            amountOff: minorUnits.nullable(),
            payments: z.int().positive(),
            amount: minorUnits,
            regular: minorUnits,
          }),
        )
        .exactOptional(),
      includes,
    }),
  ),
  products: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      amount: minorUnits,
      once: z.boolean(),
    }),
  ),
  addOns: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        description: z.string().nullable(),
        plans: z.array(z.string()),
        maximum: z.int().positive(),
        prices: z.array(z.strictObject({ interval, amount: minorUnits })),
        includes,
      }),
    )
    .exactOptional(),
});
export type PlansResponse = PlansDescription;

export const plansRoutes = {
  "GET /plans": {
    name: "plans",
    does: "the catalog, in that currency",
    who: "anyone",
    query: plansQuery,
    response: plansResponse,
    cacheSeconds: 60,
    refuses: [],
  },
} as const satisfies Routes;
