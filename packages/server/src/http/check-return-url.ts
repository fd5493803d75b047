import { BillingError } from "@tollgate/core";

// Whitespace and control characters, which URL parsers drop, and backslashes, which they read as slashes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const ambiguous = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/;
const encodedControl = /%(?:[01][0-9a-f]|7f)/i;
/**
 * A path that becomes protocol-relative once somebody decodes it, however often it was encoded, or makes
 * ordinary slashes of fullwidth ones (NFKC).
 */
const doubleSlash = /^\/(?:\/|%(?:25)*(?:2f|5c|ef%(?:25)*bc%(?:25)*(?:8f|bc)))/i;

/**
 * Where a person may be sent back to: a path of the app, or a URL on a trusted origin, after WHATWG parsing.
 *
 * @returns the absolute URL
 * @throws BillingError `invalid_return_url`
 */
export function checkReturnUrl(
  value: string,
  context: { readonly appOrigin: string; readonly trustedOrigins: ReadonlySet<string> },
): URL {
  const absolute = /^https?:\/\//i.test(value);
  if (ambiguous.test(value) || encodedControl.test(value)) refuse();
  if (!absolute && !value.startsWith("/")) refuse();
  if (value.startsWith("//") || !URL.canParse(value, context.appOrigin)) refuse();
  const url = new URL(value, context.appOrigin);
  if (!context.trustedOrigins.has(url.origin) || url.username || url.password) refuse();
  // A value such as "/.//evil.example" stays on our origin but leaves a path that others may misread.
  if (doubleSlash.test(url.pathname)) refuse();
  return url;
}

/** The URL with `?checkout={CHECKOUT_ID}`, the braces as they are: the provider puts the id in their place. */
export function withCheckoutId(url: URL): string {
  const copy = new URL(url);
  copy.searchParams.delete("checkout");
  const query = copy.search === "" ? "?" : `${copy.search}&`;
  return `${copy.origin}${copy.pathname}${query}checkout={CHECKOUT_ID}${copy.hash}`;
}

function refuse(): never {
  throw new BillingError(
    "invalid_return_url",
    "A return URL must be a path of this app, or a URL on an allowed origin.",
  );
}
