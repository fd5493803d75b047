import { type BillingErrorOptions, CodedError } from "./coded-error.js";
import { type ErrorCode, errorStatus } from "./error-status.js";

/**
 * The one error that Tollgate throws. `code` is stable, `status` is the HTTP status of that code, and what
 * the caller is told never carries a provider's text, a secret or card data. It answers for itself: frameworks
 * that look for `status`, `statusCode`, `headers` or `getResponse()` on what is thrown find them.
 *
 * @example
 * function isForUpgrade(error: unknown): boolean {
 *   return error instanceof BillingError && error.code === "upgrade_required";
 * }
 */
export class BillingError extends CodedError {
  constructor(code: ErrorCode, message: string, options?: BillingErrorOptions) {
    super(code, errorStatus[code], message, options);
  }

  /**
   * An error that was given its status is the same error. A class that extends this one matches only its own instances.
   */
  static override [Symbol.hasInstance](value: unknown): value is BillingError {
    // biome-ignore lint/complexity/noThisInStatic: it is whichever class was asked, which may be one of the app's own.
    const family = this === BillingError ? CodedError : this;
    return CodedError[Symbol.hasInstance].call(family, value);
  }
}
