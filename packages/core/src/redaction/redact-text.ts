import { blankCardNumbers } from "./blank-card-numbers.js";
import { namedSecrets, secretName, secretShapes } from "./secret-shapes.js";

const longestText = 8_000;
/** Looked at but not kept: what begins before the cut is recognised even if it ends after it. */
const overlap = 1_000;

/**
 * Text with anything that looks like a secret or a card number blanked, and cut to a length that a log or a row can
 * hold. For what others wrote: the messages of errors.
 *
 * @example
 * redactText("Bearer abcdef123456"); // "Bearer …"
 */
export function redactText(text: string): string {
  let safe = text.slice(0, longestText + overlap);
  for (const [shape, replacement] of secretShapes) safe = safe.replace(shape, replacement);
  if (secretName.test(safe)) {
    for (const [shape, replacement] of namedSecrets) safe = safe.replace(shape, replacement);
  }
  safe = blankCardNumbers(safe);
  return text.length > longestText ? `${safe.slice(0, longestText)}… (cut)` : safe;
}
