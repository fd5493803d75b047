import * as z from "zod";
import { maximumQuantity } from "../catalog/prices.js";
import { type Interval, isInterval } from "../language/interval.js";

// What several routes accept or return.

export const time = z.iso.datetime();
export const minorUnits = z.int().nonnegative();
const intervalName = z
  .string()
  .regex(/^(?:day|week|month|year|[1-9]\d*_(?:days|weeks|months|years))$/)
  .refine(isInterval, "must be an interval of at most three years, by its shortest name");
/** Whether a plan is sold by it is for the catalog to say. One schema, so that a refusal names the key. */
export const interval = intervalName as unknown as z.ZodType<Interval, Interval>;
export const featureType = z.enum(["switch", "limit", "metered"]);

export const currency = z
  .string()
  .regex(/^[a-z]{3}$/, "must be an ISO 4217 code in lower case")
  .optional();
/** How many of each add-on, by its id; 0 is none. */
export const addOns = z.record(z.string().min(1).max(64), z.int().min(0).max(maximumQuantity)).optional();
export const quantity = z.int().min(1).max(maximumQuantity).optional();
/** A path of the app (`/account`) or an absolute URL on an allowed origin; checked again by the server. */
export const url = z.string().min(1).max(2048).optional();

export const invoiceLine = z.strictObject({
  description: z.string(),
  /** After discounts, before tax that comes on top; negative for what is given back. */
  amount: z.int(),
  quantity: z.int().nullable(),
  period: z.strictObject({ start: time, end: time }),
  proration: z.boolean(),
});
