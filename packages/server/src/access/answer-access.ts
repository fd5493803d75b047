import type { Access } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/**
 * `billing.access`. Not an async function, and without one between: where `identify` answers at once and the
 * access is in memory, its promise is there already.
 */
export function createAccessAnswer(
  context: Pick<BillingContext, "checkCredentials" | "identify" | "access">,
): (request: Request) => Promise<Access> {
  const { checkCredentials, identify, access } = context;
  return (request) => {
    try {
      checkCredentials();
      const identity = identify(request);
      return identity instanceof Promise ? identity.then(access.of) : access.of(identity);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}
