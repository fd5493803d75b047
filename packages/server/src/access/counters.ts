import { type Access, type AccessCheck, BillingError, type Catalog, type LimitFeature } from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";

/** The names of a catalog's limit features: `"projects"`. */
export type LimitFeatureId<C extends Catalog> = `${keyof {
  [K in keyof C["features"] as [Extract<C["features"][K], LimitFeature>] extends [never] ? never : K]: true;
} &
  string}`;

/** Says how many of something a customer has now, by a count of your own. */
export type Counter = (who: { readonly customerId: string }) => number | Promise<number>;

/** A counter of your own for each `limit` feature that `billing.check` and `billing.require` are to count themselves. */
export type Counters<C extends Catalog = Catalog> = { readonly [K in LimitFeatureId<C>]?: Counter };

/** @throws BillingError `invalid_options` */
export function toCounters(catalog: Catalog, given: object = {}): ReadonlyMap<string, Counter> {
  const counters = new Map<string, Counter>();
  for (const [feature, counter] of Object.entries(given)) {
    const type = Object.hasOwn(catalog.features, feature) ? catalog.features[feature]?.type : undefined;
    if (type !== "limit")
      refuseOption(`counters.${feature}`, "must be named after a `limit` feature of the catalog");
    if (typeof counter === "function") counters.set(feature, counter);
    else if (counter !== undefined) refuseOption(`counters.${feature}`, "must be a function");
  }
  return counters;
}

/**
 * Whether one more is allowed, by the app's own count where none is given and there is a counter for it. It counts anew
 * each time, and only where the number decides: nobody waits for a count of what is closed anyway, or has no limit.
 *
 * @throws BillingError `unknown_feature`, `count_unavailable`
 */
export async function checkCounted(
  counters: ReadonlyMap<string, Counter>,
  access: Access,
  feature: string,
  count?: { readonly used: number },
): Promise<AccessCheck> {
  const counter = counters.get(feature);
  const { customerId } = access.state;
  if (counter === undefined || count !== undefined || customerId === null)
    return access.check(feature, count);
  const uncounted = access.check(feature, { used: 0 });
  if (!uncounted.allowed || uncounted.remaining === null) return uncounted;
  return access.check(feature, { used: await countUsed(counter, feature, customerId) });
}

async function countUsed(counter: Counter, feature: string, customerId: string): Promise<number> {
  let used: unknown;
  try {
    used = await counter({ customerId });
  } catch (cause) {
    throw uncountable(feature, { cause });
  }
  if (typeof used === "number" && Number.isInteger(used) && used >= 0) return used;
  throw uncountable(feature, { cause: new TypeError("The counter did not give a whole number, 0 or more.") });
}

function uncountable(feature: string, { cause }: { readonly cause: unknown }): BillingError {
  return new BillingError("count_unavailable", `How many of "${feature}" there are could not be counted.`, {
    details: { feature },
    publicMessage: "What you have can't be counted right now. Try again in a moment.",
    cause,
  });
}
