import { BillingError, type Catalog, catalogFor } from "@tollgate/core";
import {
  type BrowserRoute,
  type InputOf,
  type ParamsOf,
  type ResponseOf,
  type Route,
  routes,
  splitKey,
  type Who,
  type WhoOf,
} from "@tollgate/core/contract";
import type { AccessReader } from "../access/access-reader.js";
import type { EdgeTokenSigner } from "../access/edge-token.js";
import type { ChangesContext } from "../changes/changes-context.js";
import type { CheckoutContext } from "../checkouts/checkout-options.js";
import type { Identify, Identity } from "../context/identity.js";
import type { CreditsContext } from "../credits/credits-context.js";
import type { CustomersContext } from "../customers/identify-customer.js";
import type { EndingRules } from "../endings/ending-rules.js";
import type { OriginWatch } from "../health/origin-watch.js";
import { checkOrigin, checkSite, checkVisit, type OwnOrigins, unnamedOrigin } from "../http/check-origin.js";
import { parseInput } from "../http/parse-input.js";
import { readJson } from "../http/read-body.js";
import { respond } from "../http/respond.js";
import { limitRate } from "../limits/limit-rate.js";
import type { RateLimitRules } from "../limits/rate-limit-rules.js";
import type { UsageContext } from "../usage/read-usage-facts.js";
import type { WebhookParts } from "../webhook/receive-webhook.js";

/** What the routes are wired with. A route opens the store if it needs it: the others answer without it. */
export interface RouteParts extends WebhookParts, OwnOrigins {
  readonly catalog: Catalog;
  /** Who asks; what the app's `identify` gave, checked. */
  readonly identify: Identify;
  /** What somebody may use now. */
  readonly access: AccessReader;
  /** `null`: there are no edge tokens. */
  readonly signEdgeToken: EdgeTokenSigner | null;
  /** What customers may do by themselves about the end of a subscription. */
  readonly endings: EndingRules;
  /** `null`: nothing is limited. */
  readonly rateLimits: RateLimitRules | null;
  /** Where people use the app, other than where the options say. */
  readonly origins: Pick<OriginWatch, "notice">;
  readonly open: () => Promise<RouteContext>;
}

/** What a route works with once the store is open. */
export interface RouteContext
  extends ChangesContext,
    CheckoutContext,
    CreditsContext,
    CustomersContext,
    UsageContext {}

/** What a route answers a request with. */
export type Handler = (request: Request, route: RouteCall) => Promise<Response>;

interface RouteCall {
  readonly parts: RouteParts;
  /** What the path has in the place of each `:name`. */
  readonly params: Readonly<Record<string, string>>;
}

interface Call<K extends BrowserRoute> extends RouteCall {
  readonly request: Request;
  readonly params: ParamsOf<K>;
  readonly input: InputOf<K>;
  readonly identity: WhoOf<K> extends "anyone" ? null : Identity;
  /** Opens the store, once for this request. */
  readonly open: () => Promise<RouteContext>;
}

const jsonLimit = 64 * 1024;

/**
 * The only way in: parse, identify, authorise, limit, then run; the route's row in the contract says how. `input` is
 * what its schema made of the JSON body or the query; what `run` gives is answered as JSON, unless it is a response
 * already.
 */
export function defineHandler<K extends BrowserRoute>(
  key: K,
  run: (call: Call<K>) => Promise<ResponseOf<K> | Response>,
): Handler {
  const route: Route = routes[key];
  const { method } = splitKey(key);
  const cached = route.cacheSeconds && { "cache-control": `public, max-age=${route.cacheSeconds}` };
  return async (request, { parts, params }) => {
    if (route.body !== undefined) checkOrigin(request, parts);
    else if (route.isVisited) checkVisit(request, parts);
    else if (method !== "GET" || route.limit !== undefined) checkSite(request, parts);
    const input = await parseRequest(request, route);
    const identity = await authorise(request, parts, route.who);
    const open = openOnce(parts, identity);
    if (identity !== null) {
      noticeOrigin(request, parts);
      if (route.limit !== undefined)
        await limitRate({ rateLimits: parts.rateLimits, open }, identity, route.limit);
    }
    // What was parsed and looked up by the row has the types that are read off the same row.
    const body = await run({ parts, open, params, request, input, identity } as unknown as Call<K>);
    if (body instanceof Response) return body;
    return respond(body, cached ? { headers: cached } : {});
  };
}

/** With the catalog as whoever asks may use it. */
function openOnce(parts: RouteParts, identity: Identity | null): () => Promise<RouteContext> {
  let opening: Promise<RouteContext> | undefined;
  const begin = async () => {
    const context = await parts.open();
    return { ...context, catalog: catalogFor(context.catalog, identity?.plans ?? []) };
  };
  return () => {
    opening ??= begin();
    return opening;
  };
}

/** Not before somebody is signed in: strangers write what they like into a header. */
function noticeOrigin(request: Request, parts: RouteParts): void {
  const origin = unnamedOrigin(request, parts);
  if (origin !== null) parts.origins.notice(origin);
}

async function parseRequest(request: Request, { body, query }: Route): Promise<unknown> {
  if (body !== undefined) return parseInput(body, await readJson(request, jsonLimit), "invalid_body");
  if (query === undefined) return undefined;
  return parseInput(query, Object.fromEntries(new URL(request.url).searchParams), "invalid_query");
}

async function authorise(
  request: Request,
  parts: Pick<RouteParts, "identify">,
  who: Who,
): Promise<Identity | null> {
  if (who === "anyone") return null;
  return who === "manager" ? requireManager(request, parts) : requireIdentity(request, parts);
}

async function requireIdentity(request: Request, parts: Pick<RouteParts, "identify">): Promise<Identity> {
  const identity = await parts.identify(request);
  if (identity === null) throw new BillingError("unauthenticated", "Sign in first.");
  return identity;
}

/** @throws BillingError `unauthenticated`, `forbidden` */
export async function requireManager(
  request: Request,
  parts: Pick<RouteParts, "identify">,
): Promise<Identity> {
  const identity = await requireIdentity(request, parts);
  if (identity.role === "manager") return identity;
  throw new BillingError("forbidden", "Only someone who manages billing can do this.");
}
