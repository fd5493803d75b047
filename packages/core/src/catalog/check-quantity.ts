import { BillingError } from "../language/errors.js";

/**
 * @param step only the minimum, and every so many more, are sold
 * @throws BillingError `invalid_quantity`: not a whole number, not within the bounds, or between two steps; its details
 * name them
 */
export function checkQuantity(quantity: number, minimum: number, maximum: number, step = 1): void {
  const within = Number.isInteger(quantity) && quantity >= minimum && quantity <= maximum;
  if (within && (quantity - minimum) % step === 0) return;
  const range = `a whole number from ${minimum} to ${maximum}`;
  const message =
    maximum === minimum
      ? `The quantity must be ${minimum}.`
      : `The quantity must be ${range}${step === 1 ? "" : `, in steps of ${step}`}.`;
  const details = { minimum, maximum, ...(step !== 1 && { step }) };
  throw new BillingError("invalid_quantity", message, { details });
}
