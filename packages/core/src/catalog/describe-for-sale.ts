import type { Currency } from "../language/money.js";
import type { Catalog } from "./catalog.js";
import { describeAddOns } from "./describe-add-ons.js";
import { describePlans, type PlansDescription } from "./describe-plans.js";
import { describeIntros } from "./intro.js";
import { findPlan } from "./prices.js";
import { describeUsage } from "./usage-prices.js";

/**
 * Everything that is for sale, in one currency: `describePlans` with what is charged for use, the intros and the add-ons. The body of
 * GET /plans, and what a server hands to a page whose first paint shows it.
 *
 * @param named The ids of the private plans that the person who asks may have. @default none
 * @example
 * describeForSale(plans, "eur").addOns?.[0]?.name; // "Storage"
 */
export function describeForSale(
  catalog: Catalog,
  asked?: Currency,
  named: readonly string[] = [],
): PlansDescription {
  const described = describePlans(catalog, asked, named);
  const { currency } = described;
  const plans = described.plans.map((one) => {
    const plan = findPlan(catalog, one.id);
    const usage = plan === undefined ? [] : describeUsage(plan, currency);
    const intros = plan === undefined ? [] : describeIntros(plan, currency);
    const trialPrice = plan?.trialPrice?.[currency];
    return {
      ...one,
      ...(trialPrice !== undefined && { trialPrice }),
      ...(usage.length > 0 && { usage }),
      ...(intros.length > 0 && { intros }),
    };
  });
  if (catalog.addOns === undefined) return { ...described, plans };
  // An add-on names the plans that are shown, and is shown with one of them.
  const shown = new Set(plans.map(({ id }) => id));
  const addOns = describeAddOns(catalog, currency)
    .map((addOn) => ({ ...addOn, plans: addOn.plans.filter((id) => shown.has(id)) }))
    .filter((addOn) => addOn.plans.length > 0);
  return { ...described, plans, addOns };
}
