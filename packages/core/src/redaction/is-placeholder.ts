/** Words that stand where a secret should; between the ends of the text, spaces, dashes and the like. */
const words =
  /(?:^|[^a-z0-9])(?:change(?:[-_ ]?(?:me|this|it))?|replace(?:[-_ ]?(?:me|this))?|your|example|sample|placeholder|dummy|fake|here|todo|fixme|none|null|undefined|insecure)(?:[^a-z0-9]|$)/i;
/** By chance, 32 hexadecimal digits have fewer than this in one of ten million cases. */
const fewestCharacters = 6;

/**
 * Whether a secret was never really made: a word from an example, or a handful of characters over and over. What is
 * random has no words between separators.
 *
 * @example
 * isPlaceholder("change-me"); // true
 * isPlaceholder("0123456789".repeat(4)); // false: that much it can't know
 */
export function isPlaceholder(secret: string): boolean {
  return words.test(secret) || new Set(secret).size < fewestCharacters;
}
