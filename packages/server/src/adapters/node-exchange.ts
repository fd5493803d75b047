import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { Readable } from "node:stream";
import type { Billing } from "../billing/billing.js";
import { toHeaders, toUrl, uncarriable } from "../http/to-request.js";
import { createMissingBody } from "./create-missing-body.js";

/** A request of node's HTTP server, over HTTP/1 or 2. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;
/** The response that belongs to a `NodeRequest`. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** What an adapter knows about a request. */
interface Exchange {
  readonly req: NodeRequest;
  readonly res: NodeResponse;
  /** The path and query as the client sent them. */
  readonly url: string;
  /** Where the body is read from. @default the request itself */
  readonly stream?: Readable;
  /** What a body parser has made of the body. */
  readonly body?: unknown;
  /** The bytes that a body parser kept beside what it made of them. */
  readonly rawBody?: unknown;
  /** What to change when a body parser left no bytes, as a sentence. */
  readonly fix: string;
}

/** How long the unwanted rest of a body is thrown away; then the connection is closed. */
const discardMs = 5_000;

/** Billing's answer to a node request. */
export async function answer(
  { handler, appUrl }: Pick<Billing, "handler" | "appUrl">,
  exchange: Exchange,
): Promise<Response> {
  try {
    return await handler(toWholeRequest(exchange, appUrl));
  } finally {
    discardRest(exchange.req);
  }
}

/** The Fetch API request for a node request, its body included; aborted when the client goes away. */
function toWholeRequest(exchange: Exchange, appUrl: string): Request {
  const { req, res } = exchange;
  const url = toUrl(exchange.url, appUrl);
  const [path = "/"] = exchange.url.split("?", 1);
  const method = uncarriable.test(req.method ?? "") ? "UNSUPPORTED" : (req.method ?? "GET");
  const bare = { method, headers: toHeaders(req.rawHeaders), signal: followClient(res) };
  if (method === "GET" || method === "HEAD") return new Request(url, bare);
  // Node wants `duplex` for a body that streams; the DOM's types don't know it.
  const init: RequestInit & { duplex: "half" } = { ...bare, body: toBody(exchange, path), duplex: "half" };
  return new Request(url, init);
}

/** Sends a Fetch API response; headers that the app has already set stay, and cookies are added to its own. */
export async function sendResponse(res: NodeResponse, response: Response): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer());
  // The client is gone, or a middleware that watches the time has answered.
  if (res.destroyed || res.headersSent) return;
  res.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name === "set-cookie") res.appendHeader(name, value);
    else res.setHeader(name, value);
  }
  res.end(body);
}

function followClient(res: NodeResponse): AbortSignal {
  const aborted = new AbortController();
  res.once("close", () => res.writableFinished || aborted.abort());
  return aborted.signal;
}

/** A client that is still sending gets the answer once it is done, and the connection stays in use. */
function discardRest(req: NodeRequest): void {
  if (req.readableEnded || req.destroyed) return;
  const timer = setTimeout(() => req.destroy(), discardMs).unref();
  req.once("close", () => clearTimeout(timer));
  req.removeAllListeners("data");
  req.resume();
}

/** The bytes as they come, as a body parser kept them, or, for parsed JSON, the same JSON serialised again. */
function toBody({ req, stream = req, body, rawBody, fix }: Exchange, path: string): BodyInit {
  if (!stream.readableDidRead) return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
  const bytes = [rawBody, body].find((one) => one instanceof Uint8Array || typeof one === "string");
  if (bytes !== undefined) return bytes as string | Uint8Array<ArrayBuffer>;
  const isLost = body === undefined || path.includes("/webhook/");
  return isLost ? createMissingBody(fix) : JSON.stringify(body);
}
