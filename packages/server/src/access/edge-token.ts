import { type AccessState, BillingError, type Clock, type IsoTime } from "@tollgate/core";
import { SignJWT } from "jose/jwt/sign";
import { refuseOption } from "../context/refuse-option.js";
import { edgeIssuer, toEdgeClaims } from "../edge/edge-claims.js";
import { edgeCookieName } from "../edge/edge-cookie.js";
import { isEdgeSecretMissing, readEdgeSecrets } from "../edge/edge-secrets.js";
import type { Logger } from "../log/logger.js";

/** The token with which `verifyEdgeToken` decides without I/O. */
export interface EdgeTokenOption {
  /**
   * At least 32 random bytes. Several while it is being rotated: the first signs, all verify. A missing one (an empty
   * text, an environment variable that is not set) is refused once it is needed, so that a build without secrets works.
   */
  readonly secret: string | readonly string[] | undefined;
  /** How long a token lives, in whole seconds from 10 to 300. @default 60 */
  readonly maxAgeSeconds?: number;
  /** The cookie's name, after `__Host-` where the app has TLS. @default "tollgate-access" */
  readonly cookieName?: string;
}

/** Makes the `set-cookie` header of a decided access; `null` where there is none to set. */
export type EdgeTokenSigner = (state: AccessState, changesAt: IsoTime | null) => Promise<string | null>;

/** What browsers are sure to keep, not counting name and attributes (RFC 6265 §6.1 says 4096 with them). */
const maximumBytes = 3_800;
/** A state that was decided without the store should not outlive the outage by much. */
const degradedSeconds = 10;

/** @throws BillingError `invalid_options` */
export function createEdgeTokenSigner(parts: {
  readonly option: EdgeTokenOption;
  readonly appOrigin: string;
  readonly clock: Clock;
  /** Browsers and the edge know no other time, whatever clock the app uses. @default the system's clock */
  readonly machineClock?: Clock;
  readonly logger: Logger;
}): EdgeTokenSigner {
  const { option, appOrigin, clock, machineClock = () => new Date(), logger } = parts;
  const key = isEdgeSecretMissing(option.secret) ? null : readEdgeSecrets(option.secret)[0];
  const maxAgeSeconds = checkMaxAge(option.maxAgeSeconds ?? 60);
  const name = edgeCookieName(appOrigin, checkName(option.cookieName));
  const secure = appOrigin.startsWith("https:") ? "; Secure" : "";
  let warned = false;

  return async (state, changesAt) => {
    if (state.customerId === null) return null;
    if (key === null) throw new BillingError("invalid_options", "`edgeToken.secret` is empty.");
    const now = machineClock().getTime() / 1000;
    const lifetime = state.degraded ? Math.min(maxAgeSeconds, degradedSeconds) : maxAgeSeconds;
    const change = changesAt === null ? lifetime : (Date.parse(changesAt) - clock().getTime()) / 1000;
    const expiresAt = Math.floor(now + Math.min(lifetime, change));
    const maxAge = Math.floor(expiresAt - now);
    if (maxAge <= 0) return null;
    const token = await new SignJWT({ ...toEdgeClaims(state) })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer(edgeIssuer)
      .setAudience(appOrigin)
      .setSubject(state.customerId)
      .setIssuedAt(Math.floor(now))
      .setExpirationTime(expiresAt)
      .sign(key);
    const bytes = name.length + 1 + token.length;
    if (bytes <= maximumBytes) {
      return `${name}=${token}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
    }
    if (!warned) logger.warn({ bytes, maximumBytes }, "Access does not fit into the edge token's cookie");
    warned = true;
    return null;
  };
}

function checkMaxAge(seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 10 && seconds <= 300) return seconds;
  return refuseOption("edgeToken", "must have a `maxAgeSeconds` that is a whole number from 10 to 300");
}

function checkName(name: string | undefined): string | undefined {
  if (name === undefined || /^(?!__)[\w.-]+$/.test(name)) return name;
  return refuseOption("edgeToken", "must have a `cookieName` of letters, digits, dots and dashes");
}
