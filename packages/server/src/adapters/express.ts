import { Readable } from "node:stream";
import { BillingError } from "@tollgate/core";
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from "express";
import type { Billing } from "../billing.js";

/**
 * Mounts billing in Express 5. Mount it before `express.json()`, because webhooks are verified over
 * exactly the bytes that arrived.
 *
 * @example
 * app.use("/api/billing", toExpressHandler(billing));
 * app.use(express.json());
 */
export function toExpressHandler(billing: Pick<Billing, "handler" | "appUrl">): RequestHandler {
  return async (req, res) => {
    const response = await billing.handler(toFetchRequest(req, res, billing.appUrl));
    const body = new Uint8Array(await response.arrayBuffer());
    if (!res.destroyed) res.status(response.status).setHeaders(response.headers).end(body);
  };
}

function toFetchRequest(req: ExpressRequest, res: ExpressResponse, appUrl: string): Request {
  // Set piece by piece on the app's own origin: neither `Host` nor a path such as `//evil` changes it.
  const url = new URL(appUrl);
  const [path = "/"] = req.originalUrl.split("?", 1);
  url.pathname = path;
  url.search = req.originalUrl.slice(path.length);
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(req.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  const aborted = new AbortController();
  res.once("close", () => res.writableFinished || aborted.abort());
  const bare = { method: req.method, headers, signal: aborted.signal };
  if (req.method === "GET" || req.method === "HEAD") return new Request(url, bare);
  // Node wants `duplex` for a body that streams; the DOM's types don't know it.
  const init: RequestInit & { duplex: "half" } = { ...bare, body: toBody(req), duplex: "half" };
  return new Request(url, init);
}

/** The bytes as they come, as `express.raw()` kept them, or, of parsed JSON, the same JSON written anew. */
function toBody(req: ExpressRequest): BodyInit {
  if (!req.readableDidRead) return Readable.toWeb(req) as ReadableStream<Uint8Array>;
  if (req.body instanceof Uint8Array) return new Uint8Array(req.body);
  if (!req.path.includes("/webhook/")) return JSON.stringify(req.body ?? null);
  const missing = new BillingError(
    "raw_body_missing",
    "A body parser read the webhook before Tollgate did, so its signature can't be verified. Mount " +
      'toExpressHandler(billing) before express.json(), or parse this path with express.raw({ type: "*/*" }).',
  );
  return new ReadableStream({ start: (stream) => stream.error(missing) });
}
