import { BillingError } from "@tollgate/core";

// Whitespace and control characters, which URL parsers drop, and backslashes, which they read as slashes.
const ambiguous = /[\p{Cc}\u0020\u00a0\u2028\u2029\ufeff\\]/u;
// Whatever NFKC turns into a slash or a backslash (U+FF0F, U+FE68, U+FF3C) is found by it; these are taken for one by
// older encodings and by the eye.
const likeSlash = /[\\\u2044\u2215\u2216\u2571\u2572\u27cb\u27cd\u29f5\u29f8\u29f9]/g;
/** What a reader may drop before looking: blanks, control characters and whatever can't be seen. */
const unseen = /[\p{Cc}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
const encodedControl = /%(?:[01][0-9a-f]|7f)/i;
const control = /[\p{Cc}\u2028\u2029]/u;
/** Nobody encodes more often by accident. */
const mostLayers = 5;

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
  if (!isPlain(url.pathname, url.origin)) refuse();
  return url;
}

/**
 * Whether a path stays a path of the origin for anyone who reads it differently from us: who decodes it once more, or
 * several times, normalises its characters, or drops what can't be seen. "/.//evil.example" stays on our origin, but
 * leaves a path that is protocol-relative.
 */
function isPlain(pathname: string, origin: string): boolean {
  let path = pathname;
  for (let layer = 0; layer <= mostLayers; layer += 1) {
    if (control.test(path) || /^\/\//.test(path)) return false;
    const read = path.normalize("NFKC").replace(unseen, "").replace(likeSlash, "/");
    if (/^\/\//.test(read) || !URL.canParse(read, origin)) return false;
    const url = new URL(read, origin);
    if (url.origin !== origin || url.pathname.startsWith("//")) return false;
    const decoded = decode(path);
    if (decoded === path) return true;
    path = decoded;
  }
  return false;
}

/** Decodes what is encoded UTF-8, and leaves the rest. */
function decode(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes.replace(/%[0-7][0-9a-f]/gi, decodeURIComponent);
    }
  });
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
    "A return URL must be a path of this app, or a URL on `appUrl` or one of `allowedOrigins`.",
  );
}
