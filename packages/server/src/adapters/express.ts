import type { RequestHandler } from "express";
import type { Billing } from "../billing/billing.js";
import { answer, sendResponse } from "./node-exchange.js";

export { toFetchRequest } from "./to-fetch-request.js";

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
    const { originalUrl: url, body } = req;
    const rawBody = "rawBody" in req ? req.rawBody : undefined;
    await sendResponse(res, await answer(billing, { req, res, url, body, rawBody, fix }));
  };
}

const fix =
  "Mount toExpressHandler(billing) before express.json(), or parse this path with " +
  'express.raw({ type: "*/*" }), or keep the bytes in `req.rawBody` with the `verify` option of the parser.';
