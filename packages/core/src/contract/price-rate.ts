import * as z from "zod";
import type { PriceRate } from "../language/price-rate.js";
import { minorUnits } from "./fields.js";

const tier = z.strictObject({
  upTo: z.int().positive().nullable(),
  perUnit: minorUnits,
  flat: minorUnits,
});

/** What several units cost. */
export const priceRate: z.ZodType<PriceRate> = z.union([
  z.strictObject({ kind: z.enum(["graduated", "volume"]), tiers: z.array(tier) }),
  z.strictObject({ kind: z.literal("package"), amount: minorUnits, size: z.int().positive() }),
]);
