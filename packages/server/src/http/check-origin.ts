import { BillingError, redactText } from "@tollgate/core";

/** Whose pages may send requests that carry a person's cookies. */
export interface OwnOrigins {
  readonly appOrigin: string;
  /** `appOrigin` among them. */
  readonly trustedOrigins: ReadonlySet<string>;
}

/**
 * Refuses a POST that a page of another site could have made a browser send with the user's cookies.
 * Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`; what sends neither is not a
 * browser. JSON is required too, because a form can't send it without asking first (a CORS preflight).
 *
 * @throws BillingError `unsupported_media_type`, `cross_origin`
 */
export function checkOrigin(request: Request, own: OwnOrigins): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new BillingError("unsupported_media_type", "Send the body as application/json.");
  }
  checkSite(request, own);
}

/**
 * Refuses a request that a page of another site made a browser send. For a GET that costs something: an image or a link
 * there would use up what the signed-in person may do.
 *
 * @throws BillingError `cross_origin`
 */
export function checkSite(request: Request, { appOrigin, trustedOrigins }: OwnOrigins): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site === "same-origin") return;
  if (origin === null ? site === null || site === "none" : trustedOrigins.has(origin)) return;
  const from = isOrigin(origin) ? ` (${redactText(origin)})` : "";
  const message = `This request comes from another site${from} than the app: \`appUrl\` is ${appOrigin}. If that site is yours too, name it in \`allowedOrigins\`.`;
  throw new BillingError("cross_origin", message);
}

/**
 * The same for one of the app's own pages, which people reach from the provider's: navigation is let through.
 *
 * @throws BillingError `cross_origin`
 */
export function checkVisit(request: Request, own: OwnOrigins): void {
  if (request.headers.get("sec-fetch-mode") !== "navigate") checkSite(request, own);
}

/** The origin of a page that the browser says is the app's, and that the options don't name; `null`: there is none. */
export function unnamedOrigin(request: Request, { trustedOrigins }: OwnOrigins): string | null {
  const origin = request.headers.get("origin");
  return isOrigin(origin) && !trustedOrigins.has(origin) ? origin : null;
}

/** As browsers write it: `null`, several origins and made-up text are not one. */
function isOrigin(origin: string | null): origin is string {
  return origin !== null && URL.canParse(origin) && new URL(origin).origin === origin;
}
