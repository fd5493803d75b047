import {
  BillingError,
  type Catalog,
  type CreditsOf,
  isCreditsAmount,
  isStorableText,
  mostCredits,
  packsFor,
} from "@tollgate/core";
import { checkCustomerId } from "../customers/billing-customers.js";

const longestKey = 255;
const longestReason = 500;

/** @throws BillingError `invalid_customer_id`, `unknown_feature` */
export function checkCreditsOf(catalog: Catalog, { customerId, credit }: CreditsOf): void {
  checkCustomerId(customerId);
  if (Object.hasOwn(catalog.credits ?? {}, credit)) return;
  throw new BillingError("unknown_feature", `The catalog has no credits called "${credit}".`, {
    details: { credit },
  });
}

/** @throws BillingError `invalid_quantity` */
export function checkCreditsAmount(amount: number, least: 0 | 1 = 1): void {
  if (isCreditsAmount(amount) || (least === 0 && amount === 0)) return;
  throw new BillingError(
    "invalid_quantity",
    `\`amount\` must be a whole number from ${least} to ${mostCredits}.`,
  );
}

/** @throws BillingError `invalid_idempotency_key` */
export function checkCreditsKey(key: string): void {
  if (isStorableText(key, longestKey)) return;
  throw new BillingError(
    "invalid_idempotency_key",
    "`idempotencyKey` must be a string of 1 to 255 characters.",
  );
}

/** @throws BillingError `invalid_options` */
export function checkReason(reason: string | undefined): void {
  if (reason === undefined || isStorableText(reason, longestReason)) return;
  throw wrongOption("reason", `must be a string of 1 to ${longestReason} characters`);
}

export function wrongOption(option: string, what: string): BillingError {
  return new BillingError("invalid_options", `\`${option}\` ${what}.`, { details: { option } });
}

/** @throws BillingError `invalid_time` */
export function checkExpiry(expiresAt: Date | string | null | undefined, now: Date): string | null {
  if (expiresAt === null || expiresAt === undefined) return null;
  const time = new Date(expiresAt);
  if (!(time > now)) {
    throw new BillingError("invalid_time", "`expiresAt` must be a time in the future.");
  }
  return time.toISOString();
}

/** There are too few; with what to buy that brings as many as are missing. */
export function refuseShortage(
  catalog: Catalog,
  {
    credit,
    amount,
    available,
  }: { readonly credit: string; readonly amount: number; readonly available: number },
): BillingError {
  return new BillingError("limit_reached", "There are not enough credits left for this.", {
    details: { credit, available, amount, unlocks: packsFor(catalog, credit, amount - available) },
  });
}

/** The key was used for something else. */
export function refuseOtherKey(): BillingError {
  return new BillingError("invalid_idempotency_key", "This `idempotencyKey` was used for another amount.");
}
