import * as z from "zod";
import { maximumQuantity } from "../catalog/prices.js";
import { isInterval } from "../language/interval.js";

// What several routes accept or return.

export const time = z.iso.datetime();
export const minorUnits = z.int().nonnegative();
/** Whether a plan is sold by it is for the catalog to say. */
export const interval = z
  .union([
    z.enum(["day", "week", "month", "year"]),
    z.templateLiteral([z.int(), "_", z.enum(["days", "weeks", "months", "years"])]),
  ])
  .refine(isInterval, "must be an interval of at most three years, by its shortest name");
export const featureType = z.enum(["switch", "limit", "metered"]);

export const currency = z
  .string()
  .regex(/^[a-z]{3}$/, "must be an ISO 4217 code in lower case")
  .optional();
export const quantity = z.int().min(1).max(maximumQuantity).optional();
/** A path of the app (`/account`) or an absolute URL on an allowed origin; checked again by the server. */
export const url = z.string().min(1).max(2048).optional();
