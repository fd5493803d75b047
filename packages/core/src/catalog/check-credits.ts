import { checkId, checkName, refuse } from "./check-entry.js";
import type { CreditDefinition } from "./credits-definition.js";

/** Far below what numbers count exactly, so that no sum of grants ever leaves it. */
export const mostCredits = 1_000_000_000_000;

/**
 * Whether so many credits can be granted or used at once.
 *
 * @example
 * isCreditsAmount(0.5); // false
 */
export function isCreditsAmount(amount: unknown): amount is number {
  return typeof amount === "number" && Number.isInteger(amount) && amount >= 1 && amount <= mostCredits;
}

export function checkCredit(id: string, { name, lowAt }: CreditDefinition): void {
  const path = `credits.${id}`;
  checkId(path, id);
  checkName(path, name);
  if (lowAt !== undefined && lowAt !== 0 && !isCreditsAmount(lowAt))
    refuse(`${path}.lowAt`, "must be a whole number, 0 or more");
}
