import type { PricePromise } from "../language/price-migration.js";
import type { IsoTime } from "../language/time.js";

/**
 * Whether a renewal is at the price that was promised.
 *
 * @example
 * const promise = { customerId: "org_1", until: null, promisedAt: "2026-03-01T00:00:00.000Z" };
 * promiseHolds(promise, "2030-01-01T00:00:00.000Z"); // true
 */
export function promiseHolds(promise: PricePromise | null, renewsAt: IsoTime): boolean {
  return promise !== null && (promise.until === null || renewsAt < promise.until);
}
