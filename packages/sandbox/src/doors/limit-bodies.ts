import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { refuse } from "./refuse.js";

/** The largest body that is read, in bytes. */
export const largestBody = 1_048_576;

export const tooLarge = `The request body must be at most ${largestBody} bytes.`;

const limit = bodyLimit({ maxSize: largestBody, onError: (c) => refuse(c.req.raw, 413, tooLarge) });

/** Stops reading where a body gets too large. What came through no network is in memory already. */
export const limitBodies: MiddlewareHandler = (c, next) =>
  c.req.raw.headers.has("host") ? limit(c, next) : next();
