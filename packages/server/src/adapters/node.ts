import type { Billing } from "../billing/billing.js";
import { answer, type NodeRequest, type NodeResponse, sendResponse } from "./node-exchange.js";

export { toFetchRequest } from "./to-fetch-request.js";

/**
 * Mounts billing in node's own HTTP server, over HTTP/1 or 2, and in Connect and the like. Mount it before any body
 * parser, because webhooks are verified over exactly the bytes that arrived; a parser that keeps the bytes in
 * `req.rawBody` is fine.
 *
 * @example
 * http.createServer(toNodeHandler(billing)).listen(3000);
 * @example
 * connect().use("/api/billing", toNodeHandler(billing));
 */
export function toNodeHandler(billing: Pick<Billing, "handler" | "appUrl">): NodeHandler {
  return async (req, res, next) => {
    try {
      const { originalUrl = req.url ?? "/", body, rawBody } = req;
      const response = await answer(billing, { req, res, url: originalUrl, body, rawBody, fix });
      await sendResponse(res, response);
    } catch (error) {
      // Only what the Fetch API can't express, which a lenient parser lets in: the server's `clientError`.
      if (next === undefined) res.destroy(error as Error);
      else next(error);
    }
  };
}

/** Fits `http.createServer` and `http2.createServer`; as a middleware it calls `next` only with an error. */
export type NodeHandler = (
  req: NodeRequest & ParsedRequest,
  res: NodeResponse,
  next?: (error?: unknown) => void,
) => Promise<void>;

/** What frameworks and body parsers add to a request. */
interface ParsedRequest {
  /** The path before a mount point was cut off. */
  readonly originalUrl?: string;
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

const fix =
  "Mount toNodeHandler(billing) before any body parser, or let the parser keep the bytes in `req.rawBody`.";
