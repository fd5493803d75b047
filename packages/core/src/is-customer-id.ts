/** What providers take for it in one field: Stripe's `client_reference_id` has 200 characters at most. */
const longest = 200;
// Databases take no NUL in text, and half a character has no UTF-8.
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is refused
const unstorable = /[\u0000\p{Surrogate}]/u;

/**
 * Whether an app's id of a customer can be kept and given to a provider: a text of 1 to 200 characters without NUL, and
 * without halves of characters.
 *
 * @example
 * isCustomerId("org_1"); // true
 * isCustomerId(""); // false
 */
export function isCustomerId(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= longest && !unstorable.test(value);
}
