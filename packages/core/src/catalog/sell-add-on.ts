import { BillingError } from "../language/errors.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { AddOnQuantities } from "../language/subscription.js";
import { type AddOnPrice, findAddOn, findAddOnPrice, fitsPlan, isIncludedIn, maximumOf } from "./add-ons.js";
import type { AddOnDefinition, Catalog } from "./catalog.js";
import { checkQuantity } from "./check-quantity.js";

/** A plan, and how it is paid for: an add-on is billed in the same way. */
export interface PaidPlan {
  readonly planId: string;
  readonly interval: Interval;
  readonly currency: Currency;
}

/** Why an add-on is not sold with a plan. */
export type AddOnRefusal = "unknown" | "retired" | "included" | "plan" | "interval" | "currency";

/**
 * The add-on of this id.
 *
 * @throws BillingError `unknown_add_on`, its details naming the `reason`
 */
function requireAddOn(catalog: Catalog, addOnId: string): AddOnDefinition {
  const addOn = findAddOn(catalog, addOnId);
  if (addOn !== undefined) return addOn;
  const details = { addOnId, reason: "unknown" };
  throw new BillingError("unknown_add_on", "There is no such add-on.", { details });
}

/**
 * Why an add-on can't be billed with a plan, whoever has it already; `null`: it can.
 *
 * @example
 * const storage = { name: "Storage", prices: { month: { usd: 500 } }, includes: {} };
 * refusalOfAddOn("storage", storage, { planId: "pro", interval: "year", currency: "usd" }); // "interval"
 */
export function refusalOfAddOn(
  addOnId: string,
  addOn: AddOnDefinition,
  paid: PaidPlan,
): "plan" | "interval" | "currency" | null {
  if (!fitsPlan(addOn, paid.planId)) return "plan";
  if (findAddOnPrice(addOnId, addOn, paid) !== undefined) return null;
  return addOn.prices[paid.interval] === undefined ? "interval" : "currency";
}

/**
 * Why an add-on is not sold with a plan; `null`: it is.
 *
 * @example
 * const storage = { name: "Storage", prices: { month: { usd: 500 } }, includes: {}, retired: true };
 * reasonNotSold(plans, "storage", storage, { planId: "pro", interval: "month", currency: "usd" }); // "retired"
 */
export function reasonNotSold(
  catalog: Catalog,
  addOnId: string,
  addOn: AddOnDefinition,
  paid: PaidPlan,
): Exclude<AddOnRefusal, "unknown"> | null {
  if (addOn.retired) return "retired";
  if (isIncludedIn(catalog, addOn, paid.planId)) return "included";
  return refusalOfAddOn(addOnId, addOn, paid);
}

/**
 * The price that an add-on is sold at with a plan.
 *
 * @throws BillingError `unknown_add_on` (its details name the `reason`), `invalid_quantity`
 */
export function sellAddOn(
  catalog: Catalog,
  { addOnId, quantity }: { readonly addOnId: string; readonly quantity: number },
  paid: PaidPlan,
): AddOnPrice {
  const addOn = requireAddOn(catalog, addOnId);
  const price = findAddOnPrice(addOnId, addOn, paid);
  const reason = reasonNotSold(catalog, addOnId, addOn, paid);
  if (reason !== null || price === undefined) throw notSold(addOnId, addOn, reason ?? "interval");
  checkQuantity(quantity, 1, maximumOf(addOn));
  return price;
}

const sentences = {
  retired: "is no longer sold",
  included: "is included in this plan",
  plan: "can't be added to this plan",
  interval: "is not sold by the interval that the plan is paid by",
  currency: "is not sold in the currency that the plan is paid in",
} as const satisfies Record<Exclude<AddOnRefusal, "unknown">, string>;

function notSold(addOnId: string, { name }: AddOnDefinition, reason: keyof typeof sentences): BillingError {
  return new BillingError("unknown_add_on", `The add-on ${name} ${sentences[reason]}.`, {
    details: { addOnId, reason },
  });
}

/** What is wanted of which, in the catalog's order: the same wish is always the same data. 0 is none. */
export function inOrder(catalog: Catalog, wanted: AddOnQuantities): AddOnQuantities {
  for (const [addOnId, quantity] of Object.entries(wanted))
    if (quantity !== 0) requireAddOn(catalog, addOnId);
  const ids = Object.keys(catalog.addOns ?? {}).filter((id) => Object.hasOwn(wanted, id) && wanted[id] !== 0);
  return Object.fromEntries(ids.map((id) => [id, wanted[id] ?? 0]));
}
