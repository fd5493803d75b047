import type { BillingError } from "@tollgate/core";

/** A JSON response with the headers that every response of ours has. */
export function respond(
  body: unknown,
  init: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: {
      "cache-control": "no-store",
      "content-type": "application/json; charset=utf-8",
      "x-content-type-options": "nosniff",
      ...init.headers,
    },
  });
}

/** The refusal that an error stands for: `{ "error": { "code", "message", "details?" } }`. */
export function respondError(error: BillingError, headers: Readonly<Record<string, string>> = {}): Response {
  return respond(error, { status: error.status, headers });
}
