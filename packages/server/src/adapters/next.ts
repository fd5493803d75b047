import type { Billing } from "../billing/billing.js";

export { withTollgate } from "./with-tollgate.js";

/** A route handler of Next's App Router. */
type NextHandler = (request: Request) => Promise<Response>;

/**
 * Mounts billing in Next's App Router.
 *
 * @example
 * // app/api/billing/[...path]/route.ts
 * export const { GET, POST, DELETE } = toNextHandlers(billing);
 */
export function toNextHandlers(
  billing: Pick<Billing, "handler">,
): Readonly<Record<"GET" | "POST" | "DELETE", NextHandler>> {
  const { handler } = billing;
  return { GET: handler, POST: handler, DELETE: handler };
}

/**
 * The request that a server component or server action is rendering, with its headers and cookies. Its
 * URL has the host, not the path, because Next does not tell it.
 *
 * @example
 * const access = await billing.access(await currentRequest());
 */
export async function currentRequest(): Promise<Request> {
  // With its extension, because Next has no `exports` map and Node resolves this file as it is.
  const { cookies: readCookies, headers: readHeaders } = await import("next/headers.js");
  const headers = new Headers(await readHeaders());
  // After a server action has signed somebody in, only the cookie jar knows; the header is still the previous person's.
  const cookies = (await readCookies()).toString();
  if (cookies !== "") headers.set("cookie", cookies);
  const url = `${headers.get("x-forwarded-proto") ?? "http"}://${headers.get("host") ?? "localhost"}/`;
  return new Request(URL.canParse(url) ? url : "http://localhost/", { headers });
}
