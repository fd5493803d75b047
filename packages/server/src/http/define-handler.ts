import { BillingError } from "@tollgate/core";
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
import type { BillingContext } from "../context/billing-context.js";
import type { Identity } from "../context/identity.js";
import { limitRate } from "../limits/limit-rate.js";
import { checkOrigin, checkSite, unnamedOrigin } from "./check-origin.js";
import { parseInput } from "./parse-input.js";
import { readJson } from "./read-body.js";
import { respond } from "./respond.js";

/** What a route answers a request with. */
export type Handler = (request: Request, route: RouteCall) => Promise<Response>;

interface RouteCall {
  readonly context: BillingContext;
  /** What stands in the path's place of each `:name`. */
  readonly params: Readonly<Record<string, string>>;
}

interface Call<K extends BrowserRoute> extends RouteCall {
  readonly request: Request;
  readonly params: ParamsOf<K>;
  readonly input: InputOf<K>;
  readonly identity: WhoOf<K> extends "anyone" ? null : Identity;
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
  return async (request, { context, params }) => {
    if (route.body !== undefined) checkOrigin(request, context);
    else if (method !== "GET" || route.limit !== undefined) checkSite(request, context);
    const input = await parseRequest(request, route);
    const identity = await authorise(request, context, route.who);
    if (identity !== null) noticeOrigin(request, context);
    if (identity !== null && route.limit !== undefined) await limitRate(context, identity, route.limit);
    // What was parsed and found by the row is what the types read off the same row.
    const body = await run({ context, params, request, input, identity } as unknown as Call<K>);
    if (body instanceof Response) return body;
    return respond(body, cached ? { headers: cached } : {});
  };
}

/** Not before somebody is signed in: strangers write what they like into a header. */
function noticeOrigin(request: Request, context: BillingContext): void {
  const origin = unnamedOrigin(request, context);
  if (origin !== null) context.origins.notice(origin);
}

async function parseRequest(request: Request, { body, query }: Route): Promise<unknown> {
  if (body !== undefined) return parseInput(body, await readJson(request, jsonLimit), "invalid_body");
  if (query === undefined) return undefined;
  return parseInput(query, Object.fromEntries(new URL(request.url).searchParams), "invalid_query");
}

async function authorise(request: Request, context: BillingContext, who: Who): Promise<Identity | null> {
  if (who === "anyone") return null;
  return who === "manager" ? requireManager(request, context) : requireIdentity(request, context);
}

async function requireIdentity(request: Request, context: BillingContext): Promise<Identity> {
  const identity = await context.identify(request);
  if (identity === null) throw new BillingError("unauthenticated", "Sign in first.");
  return identity;
}

/** @throws BillingError `unauthenticated`, `forbidden` */
export async function requireManager(request: Request, context: BillingContext): Promise<Identity> {
  const identity = await requireIdentity(request, context);
  if (identity.role === "manager") return identity;
  throw new BillingError("forbidden", "Only someone who manages billing can do this.");
}
