import { BillingError } from "@tollgate/core";

/**
 * Refuses a POST that a page of another site could have made a browser send with the user's cookies.
 * Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`; what sends neither is not a
 * browser. JSON is required too, because a form can't send it without asking first (a CORS preflight).
 *
 * @throws BillingError `unsupported_media_type`, `cross_origin`
 */
export function checkOrigin(request: Request, trustedOrigins: ReadonlySet<string>): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new BillingError("unsupported_media_type", "Send the body as application/json.");
  }
  checkSite(request, trustedOrigins);
}

/**
 * Refuses a request that a page of another site made a browser send. For a GET that costs something: an image or a link
 * there would use up what the signed-in person may do.
 *
 * @throws BillingError `cross_origin`
 */
export function checkSite(request: Request, trustedOrigins: ReadonlySet<string>): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site === "same-origin") return;
  if (origin === null ? site === null || site === "none" : trustedOrigins.has(origin)) return;
  throw new BillingError("cross_origin", "This request comes from another site.");
}

/**
 * The same for a page of the app's own, which people reach from the provider's: whoever navigates is let through.
 *
 * @throws BillingError `cross_origin`
 */
export function checkVisit(request: Request, trustedOrigins: ReadonlySet<string>): void {
  if (request.headers.get("sec-fetch-mode") !== "navigate") checkSite(request, trustedOrigins);
}
