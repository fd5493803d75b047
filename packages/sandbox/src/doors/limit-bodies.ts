import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { refuse } from "./refuse.js";

/** The largest body that is read, in bytes. */
export const largestBody = 1_048_576;

const tooLargeFor = (most: number): string => `The request body must be at most ${most} bytes.`;

export const tooLarge = tooLargeFor(largestBody);

const limitTo = (maxSize: number): MiddlewareHandler =>
  bodyLimit({ maxSize, onError: (c) => refuse(c.req.raw, 413, tooLargeFor(maxSize)) });

const limit = limitTo(largestBody);
/** The largest file that Stripe takes has 16 MB; around it is its form. https://docs.stripe.com/file-upload */
const limitUpload = limitTo(16 * largestBody + 65_536);

/** Stops reading where a body gets too large. What came through no network is in memory already. */
export const limitBodies: MiddlewareHandler = (c, next) => {
  if (!c.req.raw.headers.has("host")) return next();
  return c.req.path === "/v1/files" ? limitUpload(c, next) : limit(c, next);
};
