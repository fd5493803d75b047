import { BillingError } from "@tollgate/core";
import type * as z from "zod";
import type { BillingContext } from "../billing-context.js";
import type { Identity } from "../identity.js";
import { limitRate } from "../limits/limit-rate.js";
import type { RateLimitKind } from "../limits/rate-limits.js";
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

/** Who may call: anyone, anyone signed in, or managers only. */
type Role = "anyone" | "identified" | "manager";

interface Call<I, R extends Role> extends RouteCall {
  readonly request: Request;
  readonly input: I;
  readonly identity: R extends "anyone" ? null : Identity;
}

const jsonLimit = 64 * 1024;

/**
 * The only way in: parse, identify, authorise, limit, then run. `input` is the schema of a POST's JSON body, or
 * of a GET's query; what `run` gives is answered as JSON, unless it is a response already.
 *
 * @param definition.limit What counts towards a limit per customer. @default nothing does
 * @param definition.cacheControl @default "no-store"
 */
export function defineHandler<I, R extends Role>(definition: {
  readonly input?: z.ZodType<I>;
  readonly role: R;
  readonly limit?: R extends "anyone" ? never : RateLimitKind;
  readonly cacheControl?: string;
  readonly run: (call: Call<I, R>) => Promise<unknown>;
}): Handler {
  const { input: schema, role, limit, cacheControl, run } = definition;
  return async (request, { context, params }) => {
    if (request.method === "POST") checkOrigin(request, context);
    else if (limit !== undefined) checkSite(request, context);
    const input = schema ? await parseRequest(request, schema) : (undefined as I);
    const identity = await authorise(request, context, role);
    if (identity !== null) noticeOrigin(request, context);
    if (identity !== null && limit !== undefined) await limitRate(context, identity, limit);
    const body = await run({ context, params, request, input, identity: identity as Call<I, R>["identity"] });
    if (body instanceof Response) return body;
    return respond(body, cacheControl ? { headers: { "cache-control": cacheControl } } : {});
  };
}

/** Not before somebody is signed in: strangers write what they like into a header. */
function noticeOrigin(request: Request, context: BillingContext): void {
  const origin = unnamedOrigin(request, context);
  if (origin !== null) context.origins.notice(origin);
}

async function parseRequest<I>(request: Request, schema: z.ZodType<I>): Promise<I> {
  if (request.method === "POST")
    return parseInput(schema, await readJson(request, jsonLimit), "invalid_body");
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return parseInput(schema, query, "invalid_query");
}

async function authorise(request: Request, context: BillingContext, role: Role): Promise<Identity | null> {
  if (role === "anyone") return null;
  return role === "manager" ? requireManager(request, context) : requireIdentity(request, context);
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
