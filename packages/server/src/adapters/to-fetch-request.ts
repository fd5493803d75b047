import { type NodeRequestLike, toRequest } from "../http/to-request.js";

/** What Express and Fastify know about the origin, by the app's own setting of which proxies to trust. */
interface KnownOrigin {
  readonly protocol?: string | undefined;
  /** With the port. */
  readonly host?: string | undefined;
}

/** A request of Express, Connect or node, or of Fastify. */
type ServerRequest = (NodeRequestLike | { readonly raw: NodeRequestLike }) & KnownOrigin;

/**
 * A request of Express, Fastify or node as a `Request`, for whatever of yours takes one, such as an auth library. It
 * has the method, the URL and the headers; the body stays unread where it is. `billing.access` and its neighbours take
 * `req` itself.
 *
 * The origin is the framework's (`protocol` and `host`, so mind its `trust proxy`); clients write the `Host` that it
 * comes from, so build no links from it and decide nothing by it.
 *
 * @example
 * import { toFetchRequest } from "@tollgate/server/express";
 * app.get("/me", async (req, res) => {
 *   const session = await readSession(toFetchRequest(req));
 *   res.json(session);
 * });
 */
export function toFetchRequest(req: ServerRequest): Request {
  return toRequest(req, originOf(req));
}

function originOf(req: ServerRequest): string {
  const { rawHeaders } = "raw" in req ? req.raw : req;
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && /^(?:host|:authority)$/i.test(name));
  const host = req.host ?? (at < 0 ? "localhost" : rawHeaders[at + 1]);
  const origin = `${req.protocol === "https" ? "https" : "http"}://${host}`;
  return URL.canParse(origin) ? new URL(origin).origin : "http://localhost";
}
