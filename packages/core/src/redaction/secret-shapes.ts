/** Words in the names of what must not be read; capitals count too, as in `clientSecret` and `API_KEY`. */
const words = [
  ...["password", "passwd", "passphrase", "passcode", "pwd", "secret", "token", "credential", "credentials"],
  ...[
    "signature",
    "api[_-]?key",
    "private[_-]?key",
    "access[_-]?key",
    "signing[_-]?key",
    "encryption[_-]?key",
  ],
  ...["cvc", "cvv"],
];
const inEveryCase = words.flatMap((word) => [
  word,
  word.replace(/^[a-z]/, upper).replace(/\?key$/, "?[Kk]ey"),
  word.replace(/key$/, "Key"),
  word.replace(/[a-z]+/g, upper),
]);
/** The end of a name that contains such a word: `secretKey`, `password_2`, `X-Api-Key`, but not `tokens`. */
const name = `(?:${[...new Set(inEveryCase)].join("|")})(?:[_-][\\w-]{0,40}|[A-Z0-9]\\w{0,40})?`;
/** Between a name and its value: `": "`, `=`, ` => `, `\":\"`, `%3D`. */
const is = String.raw`\\{0,3}["'\x60]?\]?\s{0,3}(?:=>|[:=]|%3[ADad])\s{0,3}`;
/**
 * A quoted value, with whatever is inside it, a list of them, or a word. What is not closed extends to the line's end.
 */
const value = [
  String.raw`(\\{1,3}["']).{0,2000}?(?:\\{1,3}["']|$)`,
  String.raw`(")(?:[^"\\\r\n]|\\.){0,2000}"?`,
  String.raw`(')(?:[^'\\\r\n]|\\.){0,2000}'?`,
  String.raw`(\x60)[^\x60\r\n]{0,2000}\x60?`,
  String.raw`\[[^\]\r\n]{0,2000}\]?`,
  String.raw`[^\s"'&,;<>]+`,
].join("|");
/** The name stays, and the quotes around what is gone. */
const namedValue = "$1$2$3$4$5$6…$3$4$5$6";

function upper(text: string): string {
  return text.toUpperCase();
}

/** Whether a text may name a secret at all; most don't, and this is quicker to find out than where. */
export const secretName = /pass|pwd|secret|token|credential|signature|key|cvc|cvv/i;

/** Values by the names before them, for texts in which `secretName` is found. */
export const namedSecrets: readonly (readonly [shape: RegExp, replacement: string])[] = [
  [new RegExp(`(${name})(${is})(?:${value})`, "gm"), namedValue],
  // <password>hunter2</password>, --password hunter2
  [new RegExp(`(<[\\w:-]{0,40}?${name}(?:\\s[^<>]{0,200})?>)[^<]+`, "g"), "$1…"],
  [new RegExp(`(--[\\w-]{0,40}?${name})(\\s{1,3})(?:${value})`, "gm"), namedValue],
];

/**
 * What must not be read in a log, by its shape. Every pattern has a bounded start, so that no text, however
 * long or hostile, takes more than a moment.
 */
export const secretShapes: readonly (readonly [shape: RegExp, replacement: string])[] = [
  [
    /-----BEGIN ([A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?)-----[\s\S]*?(?:-----END \1-----|$)/g,
    "-----BEGIN $1-----…",
  ],
  // Where a person pays or manages their billing: whoever has the address is let in.
  [
    /(\\?\/(?:c\\?\/(?:pay|g)|p\\?\/session|embedded-checkout|(?:i|invoice)\\?\/acct_\w{1,40})\\?\/)[^\s"'<>)]+/g,
    "$1…",
  ],
  [/((?:pay|invoice|billing|checkout|files)\.stripe\.com\\?\/)[^\s"'<>)]+/gi, "$1…"],
  // Stripe's and Paddle's keys, and what a browser pays with: pi_1_secret_2, cs_test_1_secret_2.
  [/(?<![a-z0-9])(sk|rk|pk|whsec)_[\w*+/=-]+/gi, "$1_…"],
  [/(?<![a-z0-9])(ek_(?:test|live)|pdl_(?:live|sdbx|ntfset))_[\w*]+/gi, "$1_…"],
  [/_secret_[\w%-]+/g, "_secret_…"],
  // JSON Web Tokens start with {" in base64.
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g, "eyJ…"],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, "$1 …"],
  // To the end of the line, since cookies hold quotes; where a quote opens the value, to its end.
  [
    /\b((?:set-)?cookie|(?:proxy-)?authorization)(\\{0,3}["']?\s{0,3}[:=]\s{0,3})(?:(")(?:[^"\\\r\n]|\\.){0,4000}"?|\[[^\]\r\n]{0,4000}\]?|[^\r\n]+)/gi,
    "$1$2$3…$3",
  ],
  [/\b(cvc2?|cvv2?|cid)([\s:=#]{1,3})\d{3,4}\b/gi, "$1$2…"],
  // The password in postgres://app:hunter2@db/x, which may itself have an @ in it; and a token alone.
  [/(:\/\/[^\s:@/]{0,255}:)[^\s]{1,255}@/g, "$1…@"],
  [/(:\/\/)[^\s:@/?#"'<>]{16,255}@/g, "$1…@"],
];
