import { BillingError, type Catalog, findPlan, groupOf, type Interval, isInterval } from "@tollgate/core";

/**
 * Which of the account's prices are what in the catalog. Ids differ between test and live mode and between accounts, so
 * they belong to the provider and not to the catalog.
 */
export interface MappedPrices {
  /**
   * By plan and interval: one id, or several. The first active one in a currency is what is sold in it; the others are
   * prices that people still have. A plan that is named here is never pushed.
   */
  readonly prices?: {
    readonly [planId: string]: { readonly [K in Interval]?: string | readonly string[] };
  };
  /** What is bought once, by product. */
  readonly products?: { readonly [productId: string]: string | readonly string[] };
}

/** What is mapped, as it is looked up. */
export interface PriceMapping {
  /** The ids of each plan's prices by interval; a plan that is in it is mapped whole. */
  readonly plans: ReadonlyMap<string, ReadonlyMap<Interval, readonly string[]>>;
  readonly products: ReadonlyMap<string, readonly string[]>;
  /** The plan of a mapped price; `null`: it is of a product. */
  readonly planOf: ReadonlyMap<string, { readonly planId: string; readonly group: string } | null>;
}

export const nothingMapped: PriceMapping = { plans: new Map(), products: new Map(), planOf: new Map() };

/**
 * Checks what is mapped, as far as that can be told without a catalog.
 *
 * @throws BillingError `invalid_options`
 */
export function toPriceMapping({ prices = {}, products = {} }: MappedPrices): PriceMapping {
  const planOf = new Map<string, { planId: string; group: string } | null>();
  const add = (path: string, given: unknown, of: string | null) => {
    const ids = readIds(path, given);
    for (const id of ids) {
      if (planOf.has(id)) invalid(path, `has ${id}, which is mapped already: a price is of one thing`);
      planOf.set(id, of === null ? null : { planId: of, group: "main" });
    }
    return ids;
  };
  const plans = Object.entries(prices).map(([planId, intervals]) => {
    const entries = Object.entries(intervals).map(
      ([interval, ids]): readonly [Interval, readonly string[]] => {
        const path = `prices.${planId}.${interval}`;
        if (!isInterval(interval))
          return invalid(path, 'must be an interval, such as month, year or "3_months"');
        return [interval, add(path, ids, planId)];
      },
    );
    if (entries.length === 0) invalid(`prices.${planId}`, "has no interval");
    return [planId, new Map(entries)] as const;
  });
  const once = Object.entries(products).map(([id, ids]) => [id, add(`products.${id}`, ids, null)] as const);
  return { plans: new Map(plans), products: new Map(once), planOf };
}

/**
 * The mapping with each plan's group.
 *
 * @throws BillingError `invalid_options` where it names what the catalog does not have
 */
export function mappingFor(mapping: PriceMapping, catalog: Catalog): PriceMapping {
  for (const productId of mapping.products.keys()) {
    if (!Object.hasOwn(catalog.products, productId))
      invalid(`products.${productId}`, "is not in the catalog");
  }
  for (const planId of mapping.plans.keys()) {
    const plan = findPlan(catalog, planId);
    if (plan === undefined) {
      invalid(`prices.${planId}`, "is not in the catalog. Declare a plan that is no longer sold `retired`");
    }
    if (plan.prices === undefined && plan.contactUrl === undefined && plan.retired !== true) {
      invalid(`prices.${planId}`, "is a free plan");
    }
  }
  const planOf = [...mapping.planOf].map(([id, of]) => {
    const plan = of === null ? undefined : findPlan(catalog, of.planId);
    return [id, of === null || plan === undefined ? of : { ...of, group: groupOf(plan) }] as const;
  });
  return { ...mapping, planOf: new Map(planOf) };
}

/** The ids of other things at Stripe: whoever copies one here meant another line of the dashboard. */
const others = /^(acct|ch|cs|cus|in|li|pi|pm|prod|promo|si|sub|sub_sched|txr|whsec|[rsp]k)_/;

function readIds(path: string, given: unknown): readonly string[] {
  const ids: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (ids.length === 0) invalid(path, "has no id");
  return ids.map((id) => {
    // Prices from before 2020 have ids of other kinds: plan_…, or what somebody chose.
    if (typeof id !== "string" || !/^[^\s\p{C}]{1,255}$/u.test(id) || others.test(id)) {
      return invalid(path, "must be the id of a price at Stripe (price_…), or several");
    }
    return id;
  });
}

function invalid(path: string, problem: string): never {
  throw new BillingError("invalid_options", `stripe: \`${path}\` ${problem}.`, { details: { option: path } });
}
