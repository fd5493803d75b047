import { type Hosts, hostUrl, originUrl } from "./create-hosts.js";
import type { Handler } from "./handler.js";
import { isApi, refuse } from "./refuse.js";

/** Whether a request is sent by no page, or by one of the sandbox's own. Browsers let no script forge these headers. */
export const isOwn = (request: Request, hosts: Hosts): boolean => {
  const [site, origin] = [request.headers.get("sec-fetch-site"), request.headers.get("origin")];
  const from = origin === null ? undefined : originUrl(origin);
  if (origin !== null && !(from && hosts.has(from.hostname))) return false;
  // `none`: typed into the address bar.
  if (site !== null) return site === "same-origin" || site === "none";
  // Browsers don't send `Sec-Fetch-Site` to plain HTTP on another machine.
  return from === undefined || from.host === hostOf(request).host;
};

const hostOf = (request: Request): URL => hostUrl(request.headers.get("host") ?? "") ?? new URL(request.url);

/** Somebody goes to a page, by a link or in a frame: the page before can't read what it shows. */
const isVisit = ({ method, headers }: Request): boolean =>
  method === "GET" &&
  headers.get("origin") === null &&
  headers.get("sec-fetch-mode") === "navigate" &&
  !/^(embed|object)$/.test(headers.get("sec-fetch-dest") ?? "");

/** The origin of a page that may use Stripe.js with this sandbox. */
const clientOrigin = (request: Request, hosts: Hosts): string | undefined => {
  const origin = request.headers.get("origin") ?? "";
  const url = originUrl(origin);
  return url && hosts.has(url.hostname) ? origin : undefined;
};

const shareWith = (response: Response, origin: string): Response => {
  response.headers.set("access-control-allow-origin", origin);
  response.headers.set("access-control-expose-headers", "Request-Id, Date, Stripe-Rate-Limited-Reason");
  response.headers.append("vary", "Origin");
  return response;
};

const messageFor = (request: Request): string => {
  const origin = request.headers.get("origin");
  const from = origin && originUrl(origin)?.host;
  return (
    `The sandbox takes requests from its own pages only, and from Stripe.js on pages at localhost, loopback ` +
    `addresses and allowed hosts${from ? `, not from a page at ${from}` : ""}. If that page is your app, start the ` +
    "sandbox with --allow-host <name>, or list its host's name in allowedHosts."
  );
};

/**
 * Shuts out the pages of other origins. They may lead a person to a hosted page; and where their host is one of
 * the sandbox's, they may ask the API, which then takes the publishable key alone.
 */
export const guardPages =
  (hosts: Hosts, tell: (name: string, line: string) => void, next: Handler): Handler =>
  async (request) => {
    if (isOwn(request, hosts)) return next(request);
    const api = isApi(new URL(request.url).pathname);
    const client = api ? clientOrigin(request, hosts) : undefined;
    if (client !== undefined) return shareWith(await next(request), client);
    if (!api && isVisit(request)) return next(request);
    const message = messageFor(request);
    tell(request.headers.get("origin") ?? "a page", message);
    return refuse(request, 403, message);
  };
