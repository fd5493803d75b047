import type { CheckoutKind, ContentSecurity } from "@tollgate/core";

/** Where the redirect of a posted form may lead. Navigations other than forms are not limited by CSP. */
const hosted: ContentSecurity = {
  "form-action": ["https://checkout.stripe.com", "https://billing.stripe.com"],
};

// Stripe.js starts frames and scripts on changing hosts below js.stripe.com; hooks.stripe.com shows 3-D Secure. An
// address field with autocomplete also needs https://maps.googleapis.com for scripts and connections, which is left to
// those who use it. https://docs.stripe.com/security/guide#content-security-policy
const elements: ContentSecurity = {
  "script-src": ["https://js.stripe.com", "https://*.js.stripe.com"],
  "frame-src": ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"],
  "connect-src": ["https://api.stripe.com"],
  ...hosted,
};

// What Stripe's guide lists for Checkout comes on top, because the frame is Checkout's.
const embedded: ContentSecurity = {
  "script-src": [...(elements["script-src"] ?? []), "https://checkout.stripe.com"],
  "frame-src": [...(elements["frame-src"] ?? []), "https://checkout.stripe.com"],
  "connect-src": [...(elements["connect-src"] ?? []), "https://checkout.stripe.com"],
  "img-src": ["https://*.stripe.com"],
  ...hosted,
};

// Stripe has no script that lays a checkout over a page, and no component that opens one by itself.
const none: ContentSecurity = {};

const atStripe = { hosted, embedded, elements, overlay: none, component: none } satisfies Record<
  CheckoutKind,
  ContentSecurity
>;

/** What a page must allow for a kind of checkout. A stand-in at `apiBase` serves all of it from one origin. */
export function contentSecurity(kind: CheckoutKind, apiBase: string | null): ContentSecurity {
  if (apiBase === null || atStripe[kind] === none) return atStripe[kind];
  const sources = [new URL(apiBase).origin];
  if (kind === "hosted") return { "form-action": sources };
  return {
    "script-src": sources,
    "frame-src": sources,
    "connect-src": sources,
    ...(kind === "embedded" && { "img-src": sources }),
    "form-action": sources,
  };
}
