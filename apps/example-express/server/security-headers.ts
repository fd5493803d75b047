import { widenContentSecurityPolicy } from "@tollgate/server";
import type { RequestHandler } from "express";
import { billing } from "./billing.js";

// What this app's own pages need, plus the pages where its forms may lead to pay.
const policy = widenContentSecurityPolicy(
  "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  billing.contentSecurityPolicy("hosted"),
);

/** For everything but the billing routes, which bring stricter headers of their own. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  next();
};
