import { BillingError } from "@tollgate/core";

/** What frameworks on node hand out: node's own request over HTTP/1 or 2, and those of Express and Connect. */
export interface NodeRequestLike {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The path before a mount point was cut off. */
  readonly originalUrl?: string | undefined;
  /** Names and values alternating, as they came. */
  readonly rawHeaders: readonly string[];
  // Only what has methods came from a server: what a client sent as JSON has none.
  readonly pipe: (...args: never[]) => unknown;
}

/** The headers of a request alone, such as Next's `await headers()`. */
type HeadersLike = Pick<Headers, "get" | "forEach" | "getSetCookie">;

/**
 * A request as frameworks hand it out: a `Request` (Next's route handlers, React Router, Bun, Deno, …), node's and
 * Express' `req`, Fastify's `request`, Hono's context `c`, or Next's `await headers()`.
 */
export type RequestLike =
  | Request
  | HeadersLike
  | NodeRequestLike
  | { readonly raw: NodeRequestLike }
  | { readonly req: { readonly raw: Request } };

/**
 * The Fetch API request that a framework's request stands for: method, path, query and headers; the body stays where it
 * is. The origin is the given one: neither `Host` nor what proxies say about it plays a part.
 *
 * @throws BillingError `invalid_options` for anything else
 */
export function toRequest(given: RequestLike, origin: string): Request {
  // First, because it mostly is one, and access is checked all the time.
  if (isFetchRequest(given)) return given;
  const found = unwrap(given);
  if (isFetchRequest(found)) return found;
  if (isHeaders(found)) return new Request(new URL("/", origin), { headers: copy(found) });
  if (!isNodeRequest(found)) throw unknown();
  const { method = "GET", rawHeaders } = found;
  const init = { method: uncarriable.test(method) ? "UNSUPPORTED" : method, headers: toHeaders(rawHeaders) };
  return new Request(toUrl(found.originalUrl ?? found.url ?? "/", origin), init);
}

/** Methods that the Fetch API can't carry; no route has them. */
export const uncarriable = /^(?:connect|trace|track)$/i;

/** Set piece by piece on the origin: neither `Host` nor a path such as `//evil` changes it. */
export function toUrl(pathAndQuery: string, origin: string): URL {
  const url = new URL(origin);
  const [path = "/"] = pathAndQuery.split("?", 1);
  url.pathname = path;
  url.search = pathAndQuery.slice(path.length);
  return url;
}

/** Each as it came, even one that came twice. HTTP/2 writes method and path as headers with a colon in front. */
export function toHeaders(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = "", value = ""] = raw.slice(at, at + 2);
    if (!name.startsWith(":")) headers.append(name, value);
  }
  return headers;
}

/** Fastify's request and Hono's context have the request itself inside. */
function unwrap(given: unknown): unknown {
  if (isNodeRequest(given) || isHeaders(given)) return given;
  if (has(given, "raw")) return isNodeRequest(given.raw) ? given.raw : undefined;
  if (has(given, "req") && has(given.req, "raw"))
    return isFetchRequest(given.req.raw) ? given.req.raw : undefined;
  return undefined;
}

/** Even one from another realm, or of a server's own kind. */
function isFetchRequest(value: unknown): value is Request {
  if (value instanceof Request) return true;
  return (
    has(value, "headers") && isHeaders(value.headers) && has(value, "url") && typeof value.url === "string"
  );
}

function isHeaders(value: unknown): value is HeadersLike {
  // A search string's parameters have `get` and `forEach` too.
  return isCallable(value, "get") && isCallable(value, "forEach") && isCallable(value, "getSetCookie");
}

function isNodeRequest(value: unknown): value is NodeRequestLike {
  return has(value, "rawHeaders") && Array.isArray(value.rawHeaders) && isCallable(value, "pipe");
}

function copy(given: HeadersLike): Headers {
  const headers = new Headers();
  given.forEach((value, name) => {
    headers.append(name, value);
  });
  return headers;
}

function isCallable(value: unknown, name: string): boolean {
  return has(value, name) && typeof (value as Record<string, unknown>)[name] === "function";
}

function has<K extends string>(value: unknown, key: K): value is Readonly<Record<K, unknown>> {
  return typeof value === "object" && value !== null && key in value;
}

function unknown(): BillingError {
  return new BillingError(
    "invalid_options",
    "Billing was asked about something that is no request. Give it a Request, node's or Express' `req`, Fastify's `request`, Hono's context `c`, or Next's `await headers()`.",
    { publicMessage: "Something went wrong." },
  );
}
