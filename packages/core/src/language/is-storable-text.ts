/**
 * Whether this is a text of 1 to `longest` characters that can be kept: databases don't take NUL, and half a character
 * has no UTF-8.
 *
 * @example
 * isStorableText("org_1", 200); // true
 * isStorableText("a\ud800", 200); // false
 */
export function isStorableText(value: unknown, longest: number): value is string {
  if (typeof value !== "string" || value === "" || value.length > longest) return false;
  return !value.includes("\0") && !/\p{Surrogate}/u.test(value);
}
