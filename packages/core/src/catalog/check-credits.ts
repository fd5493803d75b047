import type { Catalog, PlanDefinition, ProductDefinition } from "./catalog.js";
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

/** What a plan grants must be there, and can be granted. */
export function checkPlanCredits(
  path: string,
  { credits = {} }: PlanDefinition,
  known: Catalog["credits"],
): void {
  for (const [id, granted] of Object.entries(credits)) {
    if (granted === undefined) continue;
    const own = `${path}.credits.${id}`;
    checkKnown(own, id, known);
    const { amount, every = "period", rollover = "none", priority = 0 } = granted;
    if (!isCreditsAmount(amount)) refuse(`${own}.amount`, "must be a whole number, 1 or more");
    if (every !== "period" && every !== "month") refuse(`${own}.every`, 'must be "period" or "month"');
    if (rollover !== "none" && rollover !== "all" && !isCreditsAmount(rollover))
      refuse(`${own}.rollover`, 'must be "none", "all" or a whole number, 1 or more');
    if (!Number.isInteger(priority) || priority < 0 || priority > 100)
      refuse(`${own}.priority`, "must be a whole number from 0 to 100");
  }
}

/** The same of a product. */
export function checkProductCredits(
  path: string,
  product: ProductDefinition,
  known: Catalog["credits"],
): void {
  const { credits = {}, creditsExpireAfterDays: days } = product;
  for (const [id, amount] of Object.entries(credits)) {
    checkKnown(`${path}.credits.${id}`, id, known);
    if (!isCreditsAmount(amount)) refuse(`${path}.credits.${id}`, "must be a whole number, 1 or more");
  }
  if (days === undefined) return;
  if (Object.keys(credits).length === 0)
    refuse(`${path}.creditsExpireAfterDays`, "must be left out: it grants no credits");
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    refuse(`${path}.creditsExpireAfterDays`, "must be a whole number of days from 1 to 3650");
}

function checkKnown(path: string, id: string, known: Catalog["credits"] = {}): void {
  if (!Object.hasOwn(known, id)) refuse(path, "is not one of the catalog's credits");
}
