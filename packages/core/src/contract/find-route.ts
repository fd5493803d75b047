import type { Method } from "./route.js";
import { type RouteKey, routeKeys, splitKey } from "./routes.js";

/** A route whose path stands at the end of an address. */
export interface FoundRoute {
  readonly key: RouteKey;
  readonly method: Method;
  /** What stands before the route's path: where the handler is mounted. */
  readonly mount: string;
  /** What stands in the place of each `:name`, as it arrived. */
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The routes whose path stands at the end of an address, for any method; where several do, those with the longest path.
 * For anyone who doesn't know where the handler is mounted.
 *
 * @example
 * findRoutes("/api/billing/checkout/cs_1"); // [{ key: "GET /checkout/:id", mount: "/api/billing", params: { id: "cs_1" }, … }]
 */
export function findRoutes(pathname: string): readonly FoundRoute[] {
  const found = routeKeys.flatMap((key) => {
    const { method, path } = splitKey(key);
    const match = new RegExp(`${path.replaceAll(/:(\w+)/g, "(?<$1>[^/]+)")}$`).exec(pathname);
    if (match === null) return [];
    return [{ key, method, mount: pathname.slice(0, match.index), params: { ...match.groups } }];
  });
  const shortest = Math.min(...found.map(({ mount }) => mount.length));
  return found.filter(({ mount }) => mount.length === shortest);
}
