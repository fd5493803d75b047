import type { Catalog, PlanDefinition } from "../catalog/catalog.js";
import { isPrivate } from "../catalog/catalog-for.js";
import { groupOf, maximumQuantity, type PlanPrice, pricesOf } from "../catalog/prices.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import { type PortalModel, portalModelOf } from "./portal-model.js";

/** A plan that a provider's portal may switch to. */
export interface PortalPlan {
  readonly planId: string;
  /** The shortest first. */
  readonly intervals: readonly Interval[];
  /** How many seats may be chosen, for whichever interval; `null` for a flat plan, which is sold once. */
  readonly seats: { readonly minimum: number; readonly maximum: number } | null;
}

/** What a portal offers to those who have a plan of this group, in this currency, sold in this way. */
export interface PortalOffer {
  readonly group: string;
  readonly currency: Currency;
  readonly model: PortalModel;
  /** For those who have this plan; `null`: for everybody whose plan no other offer names. */
  readonly forPlan: string | null;
  readonly plans: readonly PortalPlan[];
}

/**
 * What a provider's portal may switch between: the same that a checkout sells. A person switches within a
 * group, and a subscription keeps its currency. Flat and per-seat plans stay apart, because a portal keeps the
 * quantity: five seats would become five times a flat plan, and a flat plan a team of one. Plans that are priced
 * otherwise are changed by the app: see `portalModelOf`.
 *
 * Where there are more plans than a portal shows, each plan has an offer of its own: itself, and those that
 * stand nearest to it in the catalog, which go from the cheapest to the richest.
 *
 * @param atMost how many plans the provider's portal shows
 * @example
 * listPortalOffers(plans, 10); // [{ group: "main", currency: "usd", model: "flat", forPlan: null, plans: […] }]
 */
export function listPortalOffers(catalog: Catalog, atMost: number): readonly PortalOffer[] {
  const ranges = new Map<string, Range>();
  for (const [planId, plan] of Object.entries(catalog.plans)) {
    for (const price of pricesOf(planId, plan)) {
      const model = portalModelOf(plan, price.interval);
      if (model === null) continue;
      const [group, forSale] = [groupOf(plan), isOnShow(plan)];
      const key = [group, price.currency, model].join(":");
      const range: Range = ranges.get(key) ?? { ...price, model, group, entries: new Map() };
      const entry = range.entries.get(planId) ?? { planId, forSale, prices: [] };
      range.entries.set(planId, { ...entry, prices: [...entry.prices, price] });
      ranges.set(key, range);
    }
  }
  return [...ranges.values()].flatMap((range) => offersOf(range, atMost));
}

/** A provider's portal shows the same to everybody. */
function isOnShow(plan: PlanDefinition): boolean {
  return plan.retired !== true && !isPrivate(plan);
}

/** The plans of one group, currency and model, retired ones included, in the catalog's order. */
interface Range extends Pick<PortalOffer, "group" | "currency" | "model"> {
  readonly entries: Map<string, Entry>;
}

interface Entry {
  readonly planId: string;
  readonly forSale: boolean;
  readonly prices: readonly PlanPrice[];
}

function offersOf({ group, currency, model, entries }: Range, atMost: number): readonly PortalOffer[] {
  const all = [...entries.values()];
  const forSale = all.filter((entry) => entry.forSale);
  if (forSale.length === 0) return [];
  const offer = (forPlan: string | null, shown: readonly Entry[]): PortalOffer => ({
    group,
    currency,
    model,
    forPlan,
    plans: shown.map(toPortalPlan),
  });
  const everyone = offer(null, forSale.slice(0, atMost));
  if (forSale.length <= atMost) return [everyone];
  return [everyone, ...all.map((entry) => offer(entry.planId, nearest(all, entry, atMost)))];
}

/** If two are equally near, the richer one: an upgrade is what people come for. */
function nearest(all: readonly Entry[], own: Entry, atMost: number): readonly Entry[] {
  const at = all.indexOf(own);
  const distance = (entry: Entry) => Math.abs(all.indexOf(entry) - at);
  const shown = all
    .filter(({ forSale }) => forSale)
    .sort((a, b) => distance(a) - distance(b) || all.indexOf(b) - all.indexOf(a))
    .slice(0, atMost);
  return all.filter((entry) => shown.includes(entry));
}

/**
 * A portal knows one range of seats per plan: what fits every interval, leaving out those that fit none of the
 * intervals before.
 */
function toPortalPlan({ planId, prices }: Entry): PortalPlan {
  const intervals: Interval[] = [];
  let seats: PortalPlan["seats"] = null;
  for (const { interval, model, minimumQuantity, maximumQuantity: most } of prices) {
    const minimum = Math.max(minimumQuantity, seats?.minimum ?? minimumQuantity);
    const maximum = Math.min(most ?? maximumQuantity, seats?.maximum ?? maximumQuantity);
    if (minimum > maximum) continue;
    intervals.push(interval);
    if (model === "per_seat") seats = { minimum, maximum };
  }
  return { planId, intervals, seats };
}
