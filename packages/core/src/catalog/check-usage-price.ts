import type { Catalog, PlanDefinition } from "./catalog.js";
import { checkAmounts, refuse } from "./check-entry.js";
import { checkPackages, checkTiers } from "./check-price.js";
import type { UsagePrice } from "./price-definition.js";
import { pricesOf } from "./prices.js";
import { currenciesOfUsage } from "./usage-prices.js";

/** Checks what a plan charges for the use of a feature, and that it can be billed beside what the plan includes. */
export function checkUsagePrice(
  path: string,
  price: UsagePrice,
  featureId: string,
  plan: PlanDefinition,
  features: Catalog["features"],
): void {
  const feature = Object.hasOwn(features, featureId) ? features[featureId] : undefined;
  if (feature?.type !== "metered" || feature.reset !== "period") {
    refuse(path, 'must be for a metered feature whose reset is "period": its count is what is billed');
  }
  if (plan.prices === undefined) refuse(path, "must be left out: the plan has no prices to bill it with");
  checkModel(path, price);
  checkIncluded(path, price, plan.includes[featureId]);
  const own = currenciesOfUsage(price);
  const missing = pricesOf("", plan).find(({ currency }) => !own.includes(currency));
  if (missing !== undefined) {
    refuse(`${path}.${missing.currency}`, "must be given: the plan is sold in that currency");
  }
}

function checkModel(path: string, price: UsagePrice): void {
  if ("tiers" in price) checkTiers(path, price.tiers, price.mode ?? "graduated");
  else if ("perPackage" in price) checkPackages(path, price.perPackage, price.size);
  else if ("perUnit" in price) checkAmounts(`${path}.perUnit`, price.perUnit);
  else refuse(path, "must have perUnit, tiers or perPackage");
}

/** What is included is a tier of its own, and only graduated tiers go on from there. */
function checkIncluded(path: string, price: UsagePrice, granted: unknown): void {
  if (granted === "unlimited") refuse(path, "must be left out: the plan includes all use");
  if (typeof granted !== "number" || granted === 0) return;
  const isVolume = "tiers" in price && price.mode === "volume";
  if (!isVolume && !("perPackage" in price)) return;
  const what = isVolume ? "in volume tiers" : "in packages";
  refuse(path, `can't be billed ${what} beyond a number that is included: use perUnit or graduated tiers`);
}
