/**
 * What must not be read in a log, by its shape. Every pattern has a bounded start, so that no text, however
 * long or hostile, takes more than a moment.
 */
const secrets: readonly (readonly [shape: RegExp, replacement: string])[] = [
  // Stripe's keys, and what a browser pays with: pi_1_secret_2, cs_test_1_secret_2.
  [/(?<![a-z0-9])(sk|rk|pk|whsec)_[\w*]+/gi, "$1_…"],
  [/_secret_[\w%-]+/gi, "_secret_…"],
  // JSON Web Tokens start with {" in base64.
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g, "eyJ…"],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, "$1 …"],
  [/\b((?:set-)?cookie|authorization)(["']?\s{0,3}[:=]\s{0,3}["']?)[^\r\n"']+/gi, "$1$2…"],
  [
    /(password|passwd|passphrase|pwd|secret|token|api[_-]?key)(["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"'&,;]+/gi,
    "$1$2…",
  ],
  // The password in postgres://app:hunter2@db/x, which may itself have an @ in it.
  [/(:\/\/[^\s:@/]{0,255}:)[^\s]{1,255}@/g, "$1…@"],
];

/** 14 to 19 digits, alone or in groups, as on a card. Times in milliseconds have 13. */
const cardLike = /(?<!\d)\d(?:[ -]?\d){13,18}(?!\d)/g;

const longestText = 8_000;
/** Looked at but not kept: what begins before the cut is recognised though it ends after it. */
const overlap = 1_000;

/**
 * Text with anything that looks like a secret or a card number blanked, and cut to a length that a log or a
 * row bears. For what others wrote: the messages of errors.
 *
 * @example
 * redactText("Bearer abcdef123456"); // "Bearer …"
 */
export function redactText(text: string): string {
  let safe = text.slice(0, longestText + overlap);
  for (const [shape, replacement] of secrets) safe = safe.replace(shape, replacement);
  safe = safe.replace(cardLike, (digits) => (passesLuhn(digits) ? "…" : digits));
  return text.length > longestText ? `${safe.slice(0, longestText)}… (cut)` : safe;
}

/** The check digit of card numbers: ISO/IEC 7812-1, annex B. */
function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighed = place % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
