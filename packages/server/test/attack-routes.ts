import { type Route, type RouteKey, routeKeys, routes, splitKey } from "@tollgate/core/contract";

/** A route as a request may call it. */
interface CallableRoute {
  readonly key: RouteKey;
  readonly route: Route;
  readonly method: string;
  /** With values in the place of each `:name` that name nothing that exists. */
  readonly path: string;
  /** The first body that the contract gives as an example. */
  readonly body: object | undefined;
}

/** Every route of the contract. */
export const everyRoute: readonly CallableRoute[] = routeKeys.map((key) => {
  const route: Route = routes[key];
  const { method, path } = splitKey(key);
  return { key, route, method, path: fill(path, route.params ?? {}), body: route.examples?.[0] };
});

/** Every route whose answer depends on who asks. */
export const personalRoutes = everyRoute.filter(({ route }) => ["identified", "manager"].includes(route.who));

/** Every route that only managers may call. */
export const managerRoutes = everyRoute.filter(({ route }) => route.who === "manager");

/** Every route that a browser posts to, with a body of each kind that it takes. */
export const postRoutes = everyRoute
  .filter(({ route }) => route.body !== undefined)
  .flatMap(({ path, route }) => shortest(route.examples ?? []).map((body) => ({ path, body })));

/** Every path that a browser gets. */
export const getRoutes = everyRoute.filter(({ method }) => method === "GET").map(({ path }) => path);

function fill(path: string, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? name);
}

/** Without those that only repeat another with more detail. */
function shortest(bodies: readonly object[]): readonly object[] {
  const saysMore = (one: object, other: object) =>
    one !== other && Object.keys(other).every((key) => key in one);
  return bodies.filter((one, index) => !bodies.slice(0, index).some((other) => saysMore(one, other)));
}
