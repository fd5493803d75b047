import { BillingError, type ContentSecurity } from "@tollgate/core";

/** A Content-Security-Policy: the value of its header, or its directives with their sources. */
export type ContentSecurityPolicy = string | Readonly<Record<string, readonly string[]>>;

/** What a browser falls back to, in order, when a directive is missing (https://www.w3.org/TR/CSP3/). */
const fallbacks: Readonly<Record<string, readonly string[]>> = {
  "script-src": ["default-src"],
  // Where it is given, it takes precedence over script-src for scripts that are loaded.
  "script-src-elem": ["script-src", "default-src"],
  "frame-src": ["child-src", "default-src"],
  "connect-src": ["default-src"],
  "img-src": ["default-src"],
  "form-action": [],
};

/**
 * Your page's own Content-Security-Policy, widened by what paying needs and by nothing else: what your policy
 * does not limit stays unlimited, and a directive that is missing starts from what browsers fall back to, so
 * that `default-src 'self'` still covers your own scripts.
 *
 * @param own Your policy, as a header's value or as directives with their sources
 * @param payments What `billing.contentSecurityPolicy(kind)` gives
 * @returns the value of the header
 * @throws BillingError `invalid_options` when a source would break out of its directive
 * @example
 * const policy = widenContentSecurityPolicy(
 *   "default-src 'self'; form-action 'self'",
 *   billing.contentSecurityPolicy("elements"),
 * );
 * response.headers.set("content-security-policy", policy);
 */
export function widenContentSecurityPolicy(own: ContentSecurityPolicy, payments: ContentSecurity): string {
  const policy = toDirectives(own);
  const widened = new Map(policy);
  for (const [directive, sources = []] of Object.entries(payments)) {
    widen(policy, widened, directive, sources);
    if (directive === "script-src" && policy.has("script-src-elem")) {
      widen(policy, widened, "script-src-elem", sources);
    }
  }
  return [...widened].map(([name, sources]) => [name, ...sources].join(" ")).join("; ");
}

type Directives = ReadonlyMap<string, readonly string[]>;

function widen(
  own: Directives,
  widened: Map<string, readonly string[]>,
  directive: string,
  sources: readonly string[],
): void {
  const inForce = [directive, ...(fallbacks[directive] ?? [])].find((name) => own.has(name));
  const allowed = inForce === undefined ? undefined : own.get(inForce);
  // Not limited by the page: naming the provider's hosts would forbid all others.
  if (allowed === undefined) return;
  const others = allowed.filter((source) => source.toLowerCase() !== "'none'");
  widened.set(directive, [...new Set([...others, ...sources])]);
}

function toDirectives(policy: ContentSecurityPolicy): Directives {
  const listed: (readonly [string, readonly string[]])[] =
    typeof policy === "string" ? policy.split(";").map(toDirective) : Object.entries(policy);
  const directives = new Map<string, readonly string[]>();
  for (const [name, sources] of listed) {
    const directive = name.toLowerCase();
    // When a directive comes twice, browsers take the first.
    if (directive === "" || directives.has(directive)) continue;
    if (![directive, ...sources].every((one) => /^[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(one))) {
      throw new BillingError("invalid_options", `The policy's ${directive} has what is not a source.`);
    }
    directives.set(directive, sources);
  }
  return directives;
}

function toDirective(text: string): readonly [string, readonly string[]] {
  const [name = "", ...sources] = text.trim().split(/\s+/);
  return [name, sources];
}
