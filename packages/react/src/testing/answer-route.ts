import {
  type AccessState,
  BillingError,
  type Catalog,
  decideCheckout,
  describeForSale,
} from "@tollgate/core";
import {
  type BrowserRoute,
  type CheckoutRequest,
  type CheckoutStatusResponse,
  type FoundRoute,
  findRoutes,
  type InputOf,
  type ParamsOf,
  type ResponseOf,
  type Route,
  routes,
  type Who,
} from "@tollgate/core/contract";
import { accessFor } from "./access-for.js";
import { choiceOf, subscriptionsOf } from "./read-choice.js";
import { refuse, refuseWith, respond } from "./respond.js";
import type { TestRequest } from "./test-request.js";

/** What the routes share and change. */
export interface TestWorld {
  readonly plans: Catalog;
  access(): AccessState;
  /** Checkouts opened so far, by id. */
  readonly opened: Map<string, CheckoutRequest>;
  /** Takes over the access that a paid checkout leads to. */
  settle(access: AccessState): void;
}

type Checkouts = Readonly<Record<string, Partial<Omit<CheckoutStatusResponse, "id">>>>;

/** The routes of the contract that a browser may mean by an address; first what it calls with this method. */
export function browserRoutesAt(
  pathname: string,
  method: string,
): readonly (FoundRoute & { key: BrowserRoute })[] {
  const found = findRoutes(pathname).filter(isBrowserRoute);
  return [...found.filter((one) => one.method === method), ...found.filter((one) => one.method !== method)];
}

function isBrowserRoute(found: FoundRoute): found is FoundRoute & { key: BrowserRoute } {
  return routes[found.key].who !== "signature";
}

/** Answers as the route's row in the contract says: who may call it, what it takes, what it returns. */
export function answerRoute(request: TestRequest, world: TestWorld, checkouts: Checkouts): Response {
  try {
    const [pathname = "", query] = request.path.split("?");
    const [found] = browserRoutesAt(pathname, request.method);
    if (found === undefined) return refuse("not_found", "There is no such route.");
    if (found.method !== request.method) return refuse("method_not_allowed", "Another method.");
    const route: Route = routes[found.key];
    authorise(route.who, world.access());
    const answer = answers[found.key] as ((call: Call<never>) => unknown) | undefined;
    if (answer === undefined) return refuse("not_found", "The test fetch has no answer for this route.");
    const input = readInput(route, request.body, query);
    const call = { input, params: found.params, world, checkouts };
    return respond(route.response, answer(call as unknown as Call<never>));
  } catch (error) {
    if (error instanceof BillingError) return refuseWith(error);
    throw error;
  }
}

function readInput({ body, query }: Route, sent: unknown, search: string | undefined): unknown {
  const schema = body ?? query;
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(body ? sent : Object.fromEntries(new URLSearchParams(search)));
  if (parsed.success) return parsed.data;
  if (body) throw new BillingError("invalid_body", "The body is not what the contract says.");
  throw new BillingError("invalid_query", "The query is not what the contract says.");
}

interface Call<K extends BrowserRoute> {
  readonly input: InputOf<K>;
  readonly params: ParamsOf<K>;
  readonly world: TestWorld;
  readonly checkouts: Checkouts;
}

/** What each route returns to whoever may call it. */
const answers: { readonly [K in BrowserRoute]?: (call: Call<K>) => ResponseOf<K> } = {
  "GET /plans": ({ input, world }) =>
    describeForSale(world.plans, input.currency, Object.keys(world.access().offers)),
  "GET /access": ({ world }) => world.access(),
  "GET /credits": ({ world }) => ({ credits: world.access().credits ?? {} }),
  "POST /checkout"({ input, world }) {
    const { plans: catalog } = world;
    const access = world.access();
    const subscriptions = subscriptionsOf(catalog, access);
    decideCheckout({ catalog, subscriptions, owned: access.owned, choice: choiceOf(catalog, input) });
    const id = `cs_test_${world.opened.size + 1}`;
    world.opened.set(id, input);
    const opened = { id, expiresAt: "2026-11-22T12:00:00.000Z" };
    const { kind = "hosted" } = input;
    if (kind !== "hosted") return { ...opened, kind, url: null, clientSecret: `${id}_secret_test` };
    return { ...opened, kind, url: `https://checkout.test/${id}`, clientSecret: null };
  },
  "GET /checkout/:id"({ params, world, checkouts }) {
    const id = decodeURIComponent(params.id);
    const bought = world.opened.get(id);
    const said = Object.hasOwn(checkouts, id) ? checkouts[id] : undefined;
    if (bought === undefined && said === undefined)
      throw new BillingError("checkout_not_found", "No such checkout.");
    const { status = "complete", payment = "paid" } = said ?? {};
    const access = said?.access ?? (status === "complete" ? accessAfter(world, bought) : world.access());
    world.settle(access);
    return { id, status, payment, access };
  },
  "POST /portal"({ world }) {
    if (!world.access().hasBillingAccount)
      throw new BillingError("not_a_customer", "There is nothing to manage yet.");
    return { url: "https://portal.test/session_1" };
  },
};

function authorise(who: Who, access: AccessState): void {
  if (who === "anyone") return;
  if (access.customerId === null) throw new BillingError("unauthenticated", "Sign in first.");
  if (who === "identified" || access.canManage) return;
  throw new BillingError("forbidden", "Only someone who manages billing can do this.");
}

function accessAfter({ plans, access }: TestWorld, bought: CheckoutRequest | undefined): AccessState {
  const before = access();
  if (bought === undefined || !("planId" in bought)) return { ...before, hasBillingAccount: true };
  const { interval } = bought;
  const { currency, quantity } = choiceOf(plans, bought);
  const subscription = { interval, currency, quantity };
  return accessFor(plans, { customerId: before.customerId, planId: bought.planId, subscription });
}
