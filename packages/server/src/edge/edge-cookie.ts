/** The cookie's name without its prefix. */
const defaultName = "tollgate-access";

/**
 * The cookie's whole name. A `__Host-` cookie can't be set by another host of the same domain, but is taken
 * over TLS only (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes).
 */
export function edgeCookieName(appOrigin: string, name: string = defaultName): string {
  return appOrigin.startsWith("https:") ? `__Host-${name}` : name;
}

/** Everything that a request carries under a name; without a prefix there may be several. */
export function readCookies(headers: Headers, name: string): readonly string[] {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []));
}
