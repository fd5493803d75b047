import { isDeletedCustomer } from "./deletion.js";
import { isStorableText } from "./is-storable-text.js";

/** What providers accept for it in one field: Stripe's `client_reference_id` has at most 200 characters. */
const longest = 200;

/**
 * Whether an app's id of a customer can be kept and given to a provider: a text of 1 to 200 characters without NUL and
 * without half characters, that does not stand for somebody who was deleted.
 *
 * @example
 * isCustomerId("org_1"); // true
 * isCustomerId(""); // false
 */
export function isCustomerId(value: unknown): value is string {
  return isStorableText(value, longest) && !isDeletedCustomer(value);
}
