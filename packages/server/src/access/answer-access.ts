import type { Access } from "@tollgate/core";
import type { Identify } from "../context/identity.js";
import { type RequestLike, toRequest } from "../http/to-request.js";
import type { AccessReader } from "./access-reader.js";

/**
 * `billing.access`. Not an async function, and without one in between: where `identify` answers at once and the access
 * is in memory, its promise already exists.
 */
export function createAccessAnswer(parts: {
  readonly checkCredentials: () => void;
  readonly identify: Identify;
  readonly access: AccessReader;
  readonly appOrigin: string;
}): (request: RequestLike) => Promise<Access> {
  const { checkCredentials, identify, access, appOrigin } = parts;
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
