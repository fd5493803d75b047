import type { BillingError } from "@tollgate/core";

/**
 * What every response has: it is data, which nobody may guess the type of, render, frame, read from another site or
 * keep. There is no CORS header on purpose, so that no other site's script reads an answer.
 */
const safeHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "content-type": "application/json; charset=utf-8",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** A JSON response with the headers that every response of ours has. */
export function respond(
  body: unknown,
  init: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const headers = init.headers === undefined ? safeHeaders : { ...safeHeaders, ...init.headers };
  return new Response(JSON.stringify(body), { status: init.status ?? 200, headers });
}

/** The refusal that an error stands for: `{ "error": { "code", "message", "details?" } }`. */
export function respondError(error: BillingError, headers: Readonly<Record<string, string>> = {}): Response {
  return respond(error, { status: error.status, headers: { ...error.headers, ...headers } });
}

/** The same answer without its body, which is what HEAD asks for. */
export function withoutBody({ status, headers }: Response): Response {
  return new Response(null, { status, headers });
}
