import type { PlanPrice } from "../catalog/prices.js";
import { BillingError } from "../language/errors.js";
import { paidSeats } from "./paid-seats.js";
import { seatsFor } from "./sold-seats.js";

/**
 * Nobody agrees on fewer seats than members take: whoever wants fewer lets some of them go first.
 *
 * @throws BillingError `invalid_quantity`: its details name how many are `inUse`, and the `minimum` that has room for them
 */
export function checkInUse(price: PlanPrice, quantity: number, inUse: number | undefined): void {
  if (inUse === undefined || price.model === "flat" || paidSeats({ ...price, quantity }) >= inUse) return;
  const minimum = seatsFor(price, inUse);
  const { maximumQuantity: maximum } = price;
  const message = `${inUse} ${inUse === 1 ? "is" : "are"} in use: choose at least ${minimum}, or take some away first.`;
  throw new BillingError("invalid_quantity", message, {
    details: { minimum, ...(maximum !== null && { maximum }), inUse },
  });
}
