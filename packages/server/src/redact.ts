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

/** A key whose value is nobody's business, whatever it looks like. */
const privateKey =
  /password|passwd|secret|token|authorization|cookie|api[_-]?key|card.?number|\bcvc\b|\bcvv\b/i;

const longestText = 8_000;
/** Looked at but not kept: what begins before the cut is recognised though it ends after it. */
const overlap = 1_000;
const deepest = 6;
const mostEntries = 100;

/** Text with anything that looks like a secret or a card number blanked, and cut to a length that a log bears. */
export function redactText(text: string): string {
  let safe = text.slice(0, longestText + overlap);
  for (const [shape, replacement] of secrets) safe = safe.replace(shape, replacement);
  safe = safe.replace(cardLike, (digits) => (passesLuhn(digits) ? "…" : digits));
  return text.length > longestText ? `${safe.slice(0, longestText)}… (cut)` : safe;
}

/** A copy of the fields, safe to log: plain data only, secrets blanked by their key or their shape. */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0);
}

/** An error as fields for the log, its causes included, with anything that looks like a secret blanked. */
export function describeError(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { thrown: redactText(safeString(error)) };
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  const inner = error instanceof AggregateError ? error.errors.slice(0, deepest) : [];
  const deeper = depth < deepest;
  return {
    name: redactText(String(name)),
    message: redactText(String(message)),
    ...(typeof code === "string" || typeof code === "number" ? { code: redactText(String(code)) } : {}),
    ...(stack ? { stack: redactText(String(stack)) } : {}),
    ...(cause === undefined || !deeper ? {} : { cause: describeError(cause, depth + 1) }),
    ...(inner.length === 0 || !deeper ? {} : { errors: inner.map((one) => describeError(one, depth + 1)) }),
  };
}

function redactObject(object: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(object).slice(0, mostEntries);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      redactText(key),
      isPrivate(key, value) ? "…" : redactValue(value, depth + 1),
    ]),
  );
}

function isPrivate(key: string, value: unknown): boolean {
  return privateKey.test(key) && value !== null && value !== undefined && typeof value !== "boolean";
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value === "boolean" || value === undefined) return value;
  if (typeof value === "number") {
    const text = redactText(String(value));
    return text === String(value) ? value : text;
  }
  if (typeof value !== "object") return redactText(safeString(value));
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date || value instanceof URL) return redactText(safeString(value.toJSON()));
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  if (depth > deepest) return "(deeper)";
  if (Array.isArray(value)) return value.slice(0, mostEntries).map((one) => redactValue(one, depth + 1));
  return redactObject(value, depth);
}

/** What is thrown may be anything, also something that can't be made text. */
function safeString(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "(no text)";
  }
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
