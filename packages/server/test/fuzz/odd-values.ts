import fc from "fast-check";

/** Texts that have broken something somewhere. */
export const oddText = fc.constantFrom(
  "",
  " ",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "undefined",
  "NaN",
  "-1",
  "'; DROP TABLE events; --",
  "../../etc/passwd",
  "%00",
  "%",
  "\u0000",
  "\ud800",
  "\ufeff",
  "日本語🏳️‍🌈",
  "{CHECKOUT_ID}",
  "javascript:alert(1)",
  "sk_live_51Habcdef",
  "a".repeat(300),
);

export const text = fc.oneof(oddText, fc.string({ unit: "binary", maxLength: 40 }));
const scalar = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, -0, 2 ** 53, [], {}, [[]], {
    __proto__: null,
  }),
  fc.integer(),
);

/** Any JSON. */
export const anything = fc.oneof(scalar, fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }));
