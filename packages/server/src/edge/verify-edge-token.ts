import {
  type AccessCheck,
  BillingError,
  type Clock,
  checkFeature,
  type IsoTime,
  ownsProduct,
} from "@tollgate/core";
import { jwtVerify } from "jose/jwt/verify";
import { edgeIssuer, readEdgeClaims } from "./edge-claims.js";
import { edgeCookieName, readCookies } from "./edge-cookie.js";
import { readEdgeSecrets } from "./edge-secrets.js";

/** What `verifyEdgeToken` checks a token against. */
export interface EdgeTokenOptions {
  /** The same as `createBilling`'s `edgeToken.secret`; while rotating, both. */
  readonly secret: string | readonly string[];
  /** The same as `createBilling`'s: a token that another app made is refused. */
  readonly appUrl: string;
  /**
   * Who is signed in, according to your own session: a token that was made for somebody else is refused, and so is
   * every token when nobody is signed in (an empty id, `undefined`, `null`, anything but a string).
   */
  readonly customerId: string;
  /** The same as `createBilling`'s `edgeToken.cookieName`. @default "tollgate-access" */
  readonly cookieName?: string;
  /** The machine's clock, by which tokens live; tests give one. @default the system's clock */
  readonly clock?: Clock;
}

/** What a customer may use, as it was when the token was made. */
export interface EdgeAccess<F extends string = string, R extends string = string> {
  readonly customerId: string;
  readonly planId: string | null;
  /** Whether it was decided while the billing store was out of reach. */
  readonly degraded: boolean;
  /** When the token stops being valid. */
  readonly expiresAt: IsoTime;
  /**
   * The same as `access.check` on the server.
   *
   * @throws BillingError `unknown_feature` when the token, and so the catalog that it was made with, does not
   * have it.
   */
  check(feature: F, count?: { readonly used: number }): AccessCheck;
  /**
   * The same as `access.owns` on the server.
   *
   * @throws BillingError `unknown_product` when the token, and so the catalog that it was made with, does not
   * have it.
   */
  owns(product: R): boolean;
}

/**
 * What the signed-in customer may use, from the cookie that GET /access set: nothing is fetched or read. `null` when
 * there is no token, or it is expired, tampered with, somebody else's or another app's: then let the request pass to
 * the server, where `billing.require` decides, or send the person to a page that asks GET /access. It answers what
 * people see; guard the data itself on the server.
 *
 * @throws BillingError `invalid_options` when a secret is missing, shorter than 32 bytes or a placeholder, or `appUrl`
 * is not a URL.
 * @example
 * // proxy.ts (middleware.ts before Next 16)
 * export async function proxy(request: NextRequest) {
 *   const session = await readSession(request);
 *   if (session === null) return NextResponse.redirect(new URL("/sign-in", request.url));
 *   const access = await verifyEdgeToken(request, {
 *     secret: process.env.TOLLGATE_EDGE_SECRET ?? "",
 *     appUrl: "https://app.example.com",
 *     customerId: session.orgId,
 *   });
 *   if (access !== null && !access.check("export").allowed) {
 *     return NextResponse.redirect(new URL("/pricing", request.url));
 *   }
 *   return NextResponse.next();
 * }
 */
export async function verifyEdgeToken<F extends string = string, R extends string = string>(
  request: { readonly headers: Headers },
  options: EdgeTokenOptions,
): Promise<EdgeAccess<F, R> | null> {
  const { customerId, clock = () => new Date() } = options;
  const keys = readEdgeSecrets(options.secret);
  const { origin } = parseAppUrl(options.appUrl);
  const now = clock();
  // A claim that is compared with nothing, or with no time, would pass: its check is skipped then.
  if (typeof customerId !== "string" || customerId === "" || Number.isNaN(now.getTime())) return null;
  for (const token of readCookies(request.headers, edgeCookieName(origin, options.cookieName))) {
    for (const key of keys) {
      const access = await verify<F, R>(token, key, { origin, customerId, now });
      if (access !== null) return access;
    }
  }
  return null;
}

function parseAppUrl(appUrl: string): URL {
  if (URL.canParse(appUrl)) return new URL(appUrl);
  throw new BillingError("invalid_options", "`appUrl` must be an address such as https://app.example.com.", {
    details: { option: "appUrl" },
  });
}

async function verify<F extends string, R extends string>(
  token: string,
  key: Uint8Array,
  expected: { readonly origin: string; readonly customerId: string; readonly now: Date },
): Promise<EdgeAccess<F, R> | null> {
  const { origin, customerId, now } = expected;
  const verified = await jwtVerify(token, key, {
    algorithms: ["HS256"],
    issuer: edgeIssuer,
    audience: origin,
    subject: customerId,
    requiredClaims: ["sub", "exp"],
    currentDate: now,
    // Whatever is wrong with it, it is not a token of ours for this person.
  }).catch(() => null);
  const claims = verified && readEdgeClaims(verified.payload);
  if (verified?.payload.exp === undefined || verified.payload.sub !== customerId || claims === null)
    return null;
  const { planId, degraded, features, owned } = claims;
  return {
    customerId,
    planId,
    degraded,
    expiresAt: new Date(verified.payload.exp * 1000).toISOString(),
    check: (feature, count) => checkFeature(features, feature, count),
    owns: (product) => ownsProduct(owned, product),
  };
}
