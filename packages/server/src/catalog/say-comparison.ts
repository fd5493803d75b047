import {
  type Catalog,
  findAddOn,
  findPlan,
  formatMoney,
  type Interval,
  intervalParts,
  introOf,
  pricesOf,
  sayIntro,
  sayRate,
} from "@tollgate/core";
import { describeCount } from "./known-plans.js";
import type { ComparedChange, PlansComparison } from "./plans-comparison.js";

/**
 * Sentences for whoever is about to push.
 *
 * @param sold the catalog that is sold until then
 */
export function sayComparison(
  { changes, inUse }: Omit<PlansComparison, "summary">,
  catalog: Catalog,
  sold: Catalog,
): readonly string[] {
  return [
    ...changes.map((change) => `${nameOf(change, catalog)} ${sayChange(change, sold)}.`),
    ...inUse.map(
      (count) =>
        `The catalog no longer has the plan ${describeCount(count)}: a push is refused until it is \`retired\`.`,
    ),
  ];
}

function sayChange(change: ComparedChange, sold: Catalog): string {
  const { kind, action, detail } = change;
  if (kind === "coupon") return action === "created" ? sayNewIntro(change, sold) : detail;
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

/** Its coupon is named by its terms, so that a changed intro is a new one. */
function sayNewIntro({ catalogId, interval, currency, detail }: ComparedChange, sold: Catalog): string {
  const plan = findPlan(sold, catalogId);
  const prices = plan === undefined ? [] : pricesOf(catalogId, plan);
  const own = prices.filter(
    (one) => one.interval === interval && (currency === null || one.currency === currency),
  );
  const said = own.flatMap((price) => {
    const terms = plan && introOf(plan, price.interval, price.currency);
    const money = (amount: number) => formatMoney({ amount, currency: price.currency }, "en-US");
    return terms ? [sayIntro(terms, money)] : [];
  });
  const was = [...new Set(said)].join(" or ");
  return was === "" || detail === `takes ${was}`
    ? `${detail} of a first subscription from now on`
    : `took ${was} of a first subscription, and ${detail} from now on`;
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
