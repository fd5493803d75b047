import { BillingError } from "../language/errors.js";

/** @throws BillingError `invalid_quantity`: not a whole number, or not within the bounds; its details name them */
export function checkQuantity(quantity: number, minimum: number, maximum: number): void {
  if (Number.isInteger(quantity) && quantity >= minimum && quantity <= maximum) return;
  const message =
    maximum === minimum
      ? `The quantity must be ${minimum}.`
      : `The quantity must be a whole number from ${minimum} to ${maximum}.`;
  throw new BillingError("invalid_quantity", message, { details: { minimum, maximum } });
}
