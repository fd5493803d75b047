import { BillingError } from "../language/errors.js";
import { type Amounts, isMinorUnits } from "../language/money.js";
import { isTaxBehaviors, type Taxed } from "./tax-behavior.js";

const idPattern = /^[a-z][a-z0-9_-]{0,39}$/;

/** Ids go into URLs, and into lookup keys and metadata of every provider. */
export function checkId(path: string, id: string): void {
  if (!idPattern.test(id)) refuse(path, "must be 1 to 40 of a–z, 0–9, _ and -, starting with a letter");
}

/** People read names, and providers refuse empty ones. */
export function checkName(path: string, name: unknown): void {
  if (typeof name !== "string" || name.trim() === "") refuse(`${path}.name`, "must not be empty");
}

export function checkAmounts(path: string, amounts: Amounts): void {
  const entries = Object.entries(amounts);
  if (entries.length === 0) refuse(path, "has no currency");
  for (const [currency, amount] of entries) {
    if (!/^[a-z]{3}$/.test(currency) || !isKnownCurrency(currency)) {
      refuse(`${path}.${currency}`, "must be an ISO 4217 code in lower case");
    }
    if (!isMinorUnits(amount)) {
      refuse(`${path}.${currency}`, "must be a whole number of minor units (2900 is $29.00)");
    }
  }
}

export function checkTaxed(path: string, { taxCode, taxBehavior }: Taxed): void {
  if (taxCode !== undefined && (typeof taxCode !== "string" || taxCode.trim() === "")) {
    refuse(`${path}.taxCode`, "must not be empty; leave it out for the account's own");
  }
  if (taxBehavior !== undefined && !isTaxBehaviors(taxBehavior)) {
    refuse(`${path}.taxBehavior`, 'must be "exclusive" or "inclusive", or one of them for each currency');
  }
}

function isKnownCurrency(currency: string): boolean {
  return Intl.supportedValuesOf("currency").includes(currency.toUpperCase());
}

/** @throws BillingError `invalid_catalog`, always. */
export function refuse(path: string, what: string): never {
  throw new BillingError("invalid_catalog", `In the catalog, ${path} ${what}.`, { details: { path } });
}
