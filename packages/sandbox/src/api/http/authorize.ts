import { find } from "../../engine/world/find.js";
import type { RestrictedKey } from "../../engine/world/permissions.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { World } from "../../engine/world/world.js";

export type Keys = {
  secretKey: string;
  publishableKey: string;
  expiredKeys: readonly string[];
  /** The sandbox's own account, which has the restricted keys. */
  world: World;
  now: Date;
};

/** What a request's key lets it do: everything, what Stripe.js does, or what a restricted key lists. */
export type Access = { kind: "publishable" | "secret"; restricted: RestrictedKey | null };

const keyOf = (request: Request): string | null => {
  const header = request.headers.get("authorization") ?? "";
  const [scheme = "", value = ""] = header.split(" ");
  if (/^bearer$/i.test(scheme)) return value;
  // Basic auth: the key is the user name, with no password.
  if (/^basic$/i.test(scheme)) {
    try {
      return atob(value).split(":")[0] ?? null;
    } catch {
      return null;
    }
  }
  return null;
};

/** Stripe shows the start and the end of a key in its messages, and so do we. */
export const redact = (key: string): string =>
  key.length > 12 ? `${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}` : "*".repeat(key.length);

const refuse = (message: string, code?: string): StripeError =>
  new StripeError(401, { type: "invalid_request_error", message, ...(code ? { code } : {}) });

const expired = (key: string): StripeError =>
  refuse(`Expired API Key provided: ${redact(key)}`, "api_key_expired");

/** The stream of meter events knows a session's token and no key. */
const isLiveSession = (request: Request, keys: Keys, token: string): boolean => {
  if (new URL(request.url).pathname !== "/v2/billing/meter_event_stream") return false;
  const expires = find(keys.world.hidden.meterSessions, token);
  if (expires === undefined) return false;
  if (expires * 1000 > keys.now.getTime()) return true;
  throw new StripeError(401, {
    type: "temporary_session_expired",
    code: "billing_meter_event_session_expired",
    message: "The meter event session has expired. Create a new one and use its authentication token.",
  });
};

/** What the request's key lets it do; throws Stripe's 401 for a key that is wrong or expired. */
export const authorize = (request: Request, keys: Keys, given: string | undefined): Access => {
  const key = keyOf(request) ?? given ?? null;
  if (key === null || key === "")
    throw refuse(
      "You did not provide an API key. You need to provide your API key in the Authorization header, " +
        "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  if (keys.expiredKeys.includes(key)) throw expired(key);
  if (key === keys.secretKey) return { kind: "secret", restricted: null };
  if (key === keys.publishableKey) return { kind: "publishable", restricted: null };
  if (isLiveSession(request, keys, key)) return { kind: "secret", restricted: null };
  const restricted = Object.values(keys.world.restrictedKeys).find((row) => row.key === key);
  if (!restricted) throw refuse(`Invalid API Key provided: ${redact(key)}`);
  if (restricted.expires_at !== null && restricted.expires_at * 1000 <= keys.now.getTime())
    throw expired(key);
  return { kind: "secret", restricted };
};
