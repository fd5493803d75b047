import { widenContentSecurityPolicy } from "@tollgate/server";
import { type NextRequest, NextResponse } from "next/server";
import { billing } from "./billing/server";

/** Where the bank may ask for its confirmation of a payment, by the provider's script. */
const confirming = "/account";

/**
 * Gives each page a policy of its own: scripts that run carry this answer's nonce, which Next reads from the
 * request's header. Paying is on the provider's page, so nothing of the provider's is allowed, but where a payment is confirmed.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  // Next's development server evaluates what it reloads.
  const evaluates = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  const own = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluates}`,
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  const policy = request.nextUrl.pathname.startsWith(confirming)
    ? widenContentSecurityPolicy(own, billing.contentSecurityPolicy("elements"))
    : own;
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = { matcher: "/((?!api/|_next/|icon.svg).*)" };
