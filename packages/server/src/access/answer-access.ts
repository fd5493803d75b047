import type { Access } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { type RequestLike, toRequest } from "../http/to-request.js";

/**
 * `billing.access`. Not an async function, and without one between: where `identify` answers at once and the
 * access is in memory, its promise is there already.
 */
export function createAccessAnswer(
  context: Pick<BillingContext, "checkCredentials" | "identify" | "access" | "appOrigin">,
): (request: RequestLike) => Promise<Access> {
  const { checkCredentials, identify, access, appOrigin } = context;
  return (request) => {
    try {
      checkCredentials();
      const identity = identify(toRequest(request, appOrigin));
      return identity instanceof Promise ? identity.then(access.of) : access.of(identity);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}
