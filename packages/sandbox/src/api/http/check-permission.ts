import type { Permission, RestrictedKey } from "../../engine/world/permissions.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { Method } from "../params/route.js";
import { redact } from "./authorize.js";

/** Paths whose second part is a resource of its own: `/v1/checkout/sessions` is `checkout_sessions`. */
const families = ["billing", "billing_portal", "checkout", "core", "entitlements", "radar", "test_helpers"];

/** The resource of a path, as permissions name it: `/v1/customers/:id/tax_ids` is about `customers`. */
const resourceOf = (path: string): string => {
  const [, , first = "", second = ""] = path.split("/");
  return families.includes(first) && second !== "" ? `${first}_${second}` : first;
};

const ranks = { none: 0, read: 1, write: 2 } satisfies Record<Permission, number>;

/**
 * Stripe's 403 when a restricted key lacks what an endpoint needs: `read` to get, `write` for the rest.
 * https://docs.stripe.com/keys#limit-access
 */
export const checkPermission = (
  restricted: RestrictedKey | null,
  { method, path }: { method: Method; path: string },
  account: string,
): void => {
  if (!restricted) return;
  const resource = resourceOf(path);
  const needed: Permission = method === "GET" ? "read" : "write";
  const { permissions, key } = restricted;
  const granted = Object.hasOwn(permissions, resource) ? permissions[resource] : permissions["*"];
  if (ranks[granted ?? "none"] >= ranks[needed]) return;
  throw new StripeError(403, {
    type: "invalid_request_error",
    code: "more_permissions_required",
    message:
      `The provided key '${redact(key)}' does not have the required permissions for this endpoint on account ` +
      `'${account}'. Having the 'rak_${resource.replace(/s$/, "")}_${needed}' permission would allow this request to continue.`,
  });
};
