import type { ErrorCode } from "../language/error-status.js";
import type { Route } from "./route.js";
import { type RouteKey, routes, splitKey } from "./routes.js";

/** What all routes of a kind refuse, whatever they do. */
interface RefusalKind {
  /** Which routes, as the end of "Every route …". */
  readonly of: string;
  readonly has: (route: Route, method: string) => boolean;
  readonly codes: readonly ErrorCode[];
}

const readsBody: readonly ErrorCode[] = [
  "invalid_body",
  "body_too_large",
  "body_too_slow",
  "raw_body_missing",
];

/** The kinds of routes, and what each refuses. */
export const refusalKinds: readonly RefusalKind[] = [
  { of: "", has: () => true, codes: ["invalid_options", "internal"] },
  {
    of: "that knows whose billing it is",
    has: ({ who }) => who !== "anyone",
    codes: ["store_unavailable", "store_unsuitable"],
  },
  {
    of: "for somebody signed in",
    has: ({ who }) => who === "identified" || who === "manager",
    codes: ["unauthenticated", "invalid_customer_id"],
  },
  {
    of: "that asks the provider",
    has: ({ asksProvider }) => asksProvider === true,
    codes: [
      "provider_unavailable",
      "provider_rejected",
      "provider_forbidden",
      "provider_not_configured",
      "answer_repeated",
    ],
  },
  { of: "for managers", has: ({ who }) => who === "manager", codes: ["forbidden"] },
  { of: "with a query", has: ({ query }) => query !== undefined, codes: ["invalid_query"] },
  {
    of: "with a body",
    has: ({ body }) => body !== undefined,
    codes: [...readsBody, "invalid_json", "unsupported_media_type"],
  },
  {
    of: "that costs or changes something",
    has: ({ limit, who }, method) => who !== "signature" && (method !== "GET" || limit !== undefined),
    codes: ["cross_origin"],
  },
  { of: "with a limit", has: ({ limit }) => limit !== undefined, codes: ["rate_limited"] },
  {
    of: "for the provider",
    has: ({ who }) => who === "signature",
    codes: ["missing_signature", "invalid_signature", "stale_signature", "invalid_event", ...readsBody],
  },
];

/**
 * Every code that a route may answer with, its own first. A `BillingError` that `identify` throws comes on top of them.
 *
 * @example
 * refusalsOf("GET /plans"); // ["invalid_options", "internal", "invalid_query"]
 */
export function refusalsOf(key: RouteKey): readonly ErrorCode[] {
  const route: Route = routes[key];
  const { method } = splitKey(key);
  const shared = refusalKinds.filter(({ has }) => has(route, method)).flatMap(({ codes }) => codes);
  return [...new Set([...route.refuses, ...shared])];
}
