import * as z from "zod";
import { featureCap } from "./access.js";
import { minorUnits } from "./fields.js";
import type { Routes } from "./route.js";

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const amounts = z
  .record(z.string().regex(/^[a-z]{3}$/, "must be an ISO 4217 code in lower case"), minorUnits)
  .refine((all) => Object.keys(all).length > 0, "must name a currency");

/** The body of POST /usage/cap. */
export const usageCapRequest = z.strictObject({
  /** One of the catalog's metered features. */
  feature: z.string().min(1).max(64),
  /**
   * How many beyond what is included, or for how much, in minor units by currency; of both, what is reached first.
   * `null`: the customer has no cap of their own any more.
   */
  cap: z
    .union([z.strictObject({ count, amounts: amounts.exactOptional() }), z.strictObject({ amounts })])
    .nullable(),
});
export type UsageCapRequest = z.input<typeof usageCapRequest>;

/** The body of POST /usage/cap: what is in force now. */
export const usageCapResponse = z.strictObject({
  used: z.int().nonnegative(),
  /** How many are left until the use ends; `null`: any number. */
  remaining: z.int().nonnegative().nullable(),
  /** The one that is reached first: the customer's own, or that of the plan or the app. `null`: none is in force. */
  cap: featureCap.nullable(),
});
export type UsageCapResponse = z.infer<typeof usageCapResponse>;

export const usageCapRoutes = {
  "POST /usage/cap": {
    name: "setUsageCap",
    does: "sets the customer's own cap on use beyond what is included, in number or money, or takes it away",
    who: "manager",
    body: usageCapRequest,
    examples: [
      { feature: "messages", cap: { count: 500 } },
      { feature: "messages", cap: { amounts: { usd: 10_000 } } },
      { feature: "messages", cap: null },
    ],
    response: usageCapResponse,
    refuses: ["customer_missing"],
  },
} as const satisfies Routes;
