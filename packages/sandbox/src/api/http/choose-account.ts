import { StripeError } from "../../engine/world/stripe-error.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { redact } from "./authorize.js";

const accountOf = (request: Request, given: Record<string, unknown>): string | null => {
  const context = request.headers.get("stripe-context") ?? undefined;
  // A context is a path of accounts, and means the last one. Stripe.js sends a parameter.
  const named = request.headers.get("stripe-account") ?? context?.split("/").at(-1) ?? given._stripe_account;
  return typeof named === "string" && named !== "" ? named : null;
};

/**
 * The account that a request acts for, named by `Stripe-Account`, `Stripe-Context` or Stripe.js's parameter.
 */
export const chooseAccount = (
  platform: SandboxRoom,
  request: Request,
  given: Record<string, unknown>,
): SandboxRoom => {
  const account = accountOf(request, given);
  const room = account === null ? platform : platform.inAccount(account);
  if (room) return room;
  throw new StripeError(403, {
    type: "invalid_request_error",
    code: "account_invalid",
    doc_url: "https://stripe.com/docs/error-codes/account-invalid",
    message:
      `The provided key '${redact(platform.secretKey)}' does not have access to account '${account}' ` +
      "(or that account does not exist). Application access may have been revoked.",
  });
};
