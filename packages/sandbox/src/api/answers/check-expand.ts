import { invalidRequest } from "../../engine/world/stripe-error.js";
import { expandable } from "../generated/expandable.js";

/** Stripe's refusal of a path that leads nowhere. */
const notExpandable = (path: string) =>
  invalidRequest(`This property cannot be expanded (${path}).`, undefined, "expand");

/** A price's tiers in one of its other currencies: a map, which the tables have no names for. */
const isTiersIn = (node: Readonly<Record<string, number>>, [name, currency = "", part, ...more]: string[]) =>
  Object.hasOwn(node, "tiers") &&
  name === "currency_options" &&
  /^[a-z]{3}$/.test(currency) &&
  part === "tiers" &&
  more.length === 0;

const leads = (start: number, path: string[], older: ReadonlySet<string>): boolean => {
  let position = start;
  for (const [index, name] of path.entries()) {
    // What lies beyond is in no table.
    if (older.has(name)) return true;
    const node = expandable.nodes[position] ?? {};
    const next = Object.hasOwn(node, name) ? node[name] : undefined;
    if (next === undefined) return false;
    if (isTiersIn(node, path.slice(index))) return true;
    position = next;
  }
  return true;
};

const deepest = 4;

/**
 * Refuses paths that an endpoint's answer does not have, before anything is done. `older` names what an earlier API
 * version can expand besides.
 *
 * https://docs.stripe.com/api/expanding_objects
 */
export const checkExpand = (
  endpoint: string,
  paths: readonly string[],
  older: ReadonlySet<string> = new Set(),
): void => {
  for (const path of paths) {
    const names = path.split(".");
    if (names.length > deepest)
      throw invalidRequest(
        `You cannot expand more than ${deepest} levels of a property (${path}).`,
        "property_expansion_max_depth",
        "expand",
      );
    const start = Object.hasOwn(expandable.answers, endpoint) ? expandable.answers[endpoint] : undefined;
    if (start !== undefined && !leads(start, names, older)) throw notExpandable(path);
  }
};
