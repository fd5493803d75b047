import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { Catalog, FeatureType, PlanDefinition } from "./catalog.js";
import type { IntroDescription } from "./intro.js";
import { currenciesBy, groupOf, isFree, pricesOf, type ReadPrices, type SoldQuantities } from "./prices.js";
import type { ModelPrice } from "./rates.js";
import type { UsageDescription } from "./usage-prices.js";

/** A price as a pricing table shows it. */
export interface PriceDescription extends ModelPrice, SoldQuantities {
  readonly interval: Interval;
}

/** A plan as a pricing table shows it. */
export interface PlanDescription {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly group: string;
  readonly featured: boolean;
  /** Days; 0 without a trial. */
  readonly trialDays: number;
  /** What the trial costs, in minor units. GET /plans has it; absent where it is free, and from `describePlans`. */
  readonly trialPrice?: number;
  /** Its trial asks for no payment method; absent: it does. */
  readonly trialWithoutCard?: true;
  /** `free`: everybody has it without paying; `paid`: for sale here; `contact`: sold by hand at `contactUrl`. */
  readonly kind: "free" | "paid" | "contact";
  readonly contactUrl: string | null;
  /** In the description's currency. `costOf` says what several seats, or units, cost. */
  readonly prices: readonly PriceDescription[];
  /**
   * What `describeUsage` gives: what is charged for use beyond what the plan includes, with each interval. GET /plans has
   * it; absent where nothing is charged, and from `describePlans`.
   */
  readonly usage?: readonly UsageDescription[];
  /**
   * What `describeIntros` gives: what the first payments of somebody's first subscription are, by interval. GET /plans has
   * it; absent where none is reduced, and from `describePlans`.
   */
  readonly intros?: readonly IntroDescription[];
  /** What it grants of each feature: `true`, a number, or `"unlimited"`; features it lacks are absent. */
  readonly includes: Readonly<Record<string, true | number | "unlimited">>;
}

/** A feature as a comparison table shows it. */
export interface FeatureDescription {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly type: FeatureType;
}

/** Something bought once, as an app shows it. */
export interface ProductDescription {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** In minor units of the description's currency. */
  readonly amount: number;
  /** Whether each customer can buy it at most once. */
  readonly once: boolean;
}

/** A recurring extra on a plan, as an app shows it. */
export interface AddOnDescription {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** The plans for sale that it may be added to. */
  readonly plans: readonly string[];
  /** How many a subscription may have. */
  readonly maximum: number;
  /** Per unit, in minor units of the asked currency; it is sold with plans that are paid by one of these. */
  readonly prices: readonly { readonly interval: Interval; readonly amount: number }[];
  /** What each unit adds of each feature: `true`, a number, or `"unlimited"`; features it lacks are absent. */
  readonly includes: PlanDescription["includes"];
}

/** The catalog in one currency: the body of GET /plans. */
export interface PlansDescription {
  readonly currency: Currency;
  /** Every currency that can be asked for. */
  readonly currencies: readonly Currency[];
  readonly features: readonly FeatureDescription[];
  readonly plans: readonly PlanDescription[];
  readonly products: readonly ProductDescription[];
  /** What `describeAddOns` gives. GET /plans has it; absent where the catalog has none, and from `describePlans`. */
  readonly addOns?: readonly AddOnDescription[];
}

/**
 * What is for sale, in one currency; retired plans are left out, and private ones. An unknown currency falls back to
 * the catalog's first, because a pricing page that shows nothing helps nobody.
 *
 * @param named The ids of the private plans that the person who asks may have. @default none
 * @example
 * describePlans(plans, "eur").plans[0]?.name; // "Free"
 */
export function describePlans(
  catalog: Catalog,
  asked?: Currency,
  named: readonly string[] = [],
): PlansDescription {
  const read: ReadPrices = (plan) => pricesOf("", plan).map(({ planId: _, ...price }) => price);
  return describeBy(read, catalog, asked, named);
}

/** `describePlans`, with the prices as `read` finds them: a page loads only the kinds that it can read. */
export function describeBy(
  read: ReadPrices,
  catalog: Catalog,
  asked?: Currency,
  named: readonly string[] = [],
): PlansDescription {
  const currencies = currenciesBy(read, catalog);
  const wanted = asked?.toLowerCase();
  const currency = currencies.find((one) => one === wanted) ?? currencies[0] ?? "usd";
  const plans = Object.entries(catalog.plans).filter(
    ([id, plan]) => !plan.retired && (!plan.private || named.includes(id)),
  );
  return {
    currency,
    currencies,
    features: Object.entries(catalog.features).map(([id, { name, description, type }]) => ({
      id,
      name,
      description: description ?? null,
      type,
    })),
    plans: plans.map(([id, plan]) => describePlan(id, plan, read, currency)),
    products: Object.entries(catalog.products).flatMap(
      ([id, { name, description = null, price, once = false }]) => {
        const amount = price[currency];
        return amount === undefined ? [] : [{ id, name, description, amount, once }];
      },
    ),
  };
}

/**
 * The price of an interval, or else of the one that the plan does have; `null` for a plan without prices.
 *
 * @example
 * describePlans(plans).plans.map((plan) => choosePrice(plan, "year")?.amount);
 */
export function choosePrice(plan: PlanDescription, interval: Interval): PriceDescription | null {
  return plan.prices.find((price) => price.interval === interval) ?? plan.prices[0] ?? null;
}

function describePlan(
  id: string,
  plan: PlanDefinition,
  read: ReadPrices,
  currency: Currency,
): PlanDescription {
  return {
    id,
    name: plan.name,
    description: plan.description ?? null,
    group: groupOf(plan),
    featured: plan.featured ?? false,
    trialDays: plan.trialDays ?? 0,
    ...(plan.trialWithoutCard !== undefined && { trialWithoutCard: true as const }),
    kind: isFree(plan) ? "free" : plan.prices ? "paid" : "contact",
    contactUrl: plan.contactUrl ?? null,
    prices: read(plan).flatMap(({ currency: own, ...price }) => (own === currency ? [price] : [])),
    includes: describeIncludes(plan),
  };
}

export function describeIncludes(plan: Pick<PlanDefinition, "includes">): PlanDescription["includes"] {
  const granted = Object.entries(plan.includes).flatMap(([id, grant]) =>
    // How many is chosen with the plan.
    grant ? [[id, grant === "seats" || grant] as const] : [],
  );
  // Defines its keys, where an assignment to `__proto__` would not.
  return Object.fromEntries(granted);
}
