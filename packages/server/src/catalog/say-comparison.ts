import {
  type Catalog,
  findAddOn,
  findPlan,
  formatMoney,
  type Interval,
  intervalParts,
  sayRate,
} from "@tollgate/core";
import { describeCount } from "./known-plans.js";
import type { ComparedChange, PlansComparison } from "./plans-comparison.js";

/** Sentences for whoever is about to push. */
export function sayComparison(
  { changes, inUse }: Omit<PlansComparison, "summary">,
  catalog: Catalog,
): readonly string[] {
  return [
    ...changes.map((change) => `${nameOf(change, catalog)} ${sayChange(change)}.`),
    ...inUse.map(
      (count) =>
        `The catalog no longer has the plan ${describeCount(count)}: a push is refused until it is \`retired\`.`,
    ),
  ];
}

function sayChange(change: ComparedChange): string {
  const { kind, action, detail } = change;
  if (kind === "coupon")
    return action === "created" ? `${detail} of a first subscription from now on` : detail;
  if (kind !== "price") return action === "created" ? "is new" : detail;
  const [was, is] = [moneyOf(change, "was"), moneyOf(change, "is")];
  switch (action) {
    case "created":
      return `is sold for ${is} from now on`;
    case "replaced":
      return was === is
        ? `${detail}; ${sayKept(change)}`
        : `was ${was} and is ${is} from now on; ${sayKept(change)}`;
    case "archived":
      return `was ${was} and is no longer sold; ${sayKept(change)}`;
    default:
      return detail;
  }
}

function sayKept({ customers }: ComparedChange): string {
  if (customers === null || customers === 0) return "nobody pays the old one";
  return customers === 1 ? "1 customer keeps the old one" : `${customers} customers keep the old one`;
}

function moneyOf({ currency, amounts, rates }: ComparedChange, when: "was" | "is"): string {
  const [amount = null, rate = null] = [amounts?.[when], rates?.[when]];
  if (currency === null) return "of no currency";
  const money = (one: number) => formatMoney({ amount: one, currency }, "en-US");
  if (rate !== null) return sayRate(rate, money);
  return amount === null ? "of no single amount" : money(amount);
}

function nameOf(change: ComparedChange, catalog: Catalog): string {
  const { kind, catalogId, feature, interval, currency } = change;
  if (feature !== undefined && kind === "price") {
    const { feature: _, ...ofPlan } = change;
    const used = Object.hasOwn(catalog.features, feature) ? catalog.features[feature]?.name : undefined;
    return `${used ?? feature} with ${nameOf(ofPlan, catalog)}`;
  }
  const product = Object.hasOwn(catalog.products, catalogId) ? catalog.products[catalogId] : undefined;
  const plan = findPlan(catalog, catalogId) ?? findAddOn(catalog, catalogId);
  const name = plan?.name ?? product?.name ?? catalog.features[catalogId]?.name ?? catalogId;
  if (kind !== "price" && kind !== "coupon") return name;
  const place = currency === null ? "" : ` in ${currency.toUpperCase()}`;
  return `${name}${interval === null ? "" : ` ${sayInterval(interval)}`}${place}`;
}

function sayInterval(interval: Interval): string {
  const { unit, count } = intervalParts(interval);
  return count === 1 ? `per ${unit}` : `per ${count} ${unit}s`;
}
