import type { Catalog } from "../catalog/catalog.js";
import type { IntroDefinition } from "../catalog/price-definition.js";
import { findPlan } from "../catalog/prices.js";
import { type Interval, intervalParts } from "../language/interval.js";
import { formatMoney } from "../language/money.js";
import type { IntroChange } from "./plans-impact.js";

/** The intros of what is for sale that differ between two catalogs. */
export function compareIntros(before: Catalog, after: Catalog): readonly IntroChange[] {
  const ids = new Set([...Object.keys(before.plans), ...Object.keys(after.plans)]);
  return [...ids].flatMap((planId) => {
    const [old, next] = [introsFor(before, planId), introsFor(after, planId)];
    const intervals = new Set([...Object.keys(old), ...Object.keys(next)]) as Set<Interval>;
    return [...intervals].flatMap((interval) => {
      const [was, is] = [old[interval] ?? null, next[interval] ?? null];
      return JSON.stringify(termsOf(was)) === JSON.stringify(termsOf(is))
        ? []
        : [{ planId, interval, was, is }];
    });
  });
}

function introsFor(catalog: Catalog, planId: string): { readonly [K in Interval]?: IntroDefinition } {
  const plan = findPlan(catalog, planId);
  return plan === undefined || plan.retired === true ? {} : (plan.intro ?? {});
}

/** The same however it is written. */
function termsOf(intro: IntroDefinition | null) {
  if (intro === null) return null;
  const { payments = 1, percentOff = null, amountOff = {} } = intro;
  return { payments, percentOff, amounts: Object.entries(amountOff).sort() };
}

export function sayIntroChange({ planId, interval, was, is }: IntroChange, catalog: Catalog): string {
  const { unit, count } = intervalParts(interval);
  const plan = `${findPlan(catalog, planId)?.name ?? planId} per ${count === 1 ? unit : `${count} ${unit}s`}`;
  const before = was === null ? "" : ` instead of ${sayReduction(was)}`;
  const now = is === null ? "no reduction" : sayReduction(is);
  return `Whoever first subscribes to ${plan} gets ${now}${before}; everybody else keeps what they have.`;
}

function sayReduction({ payments = 1, percentOff, amountOff }: IntroDefinition): string {
  const off =
    percentOff === undefined
      ? Object.entries(amountOff ?? {})
          .map(([currency, amount]) => formatMoney({ amount, currency }, "en-US"))
          .join(" or ")
      : `${percentOff}%`;
  return `${off} off ${payments === 1 ? "the first payment" : `the first ${payments} payments`}`;
}
