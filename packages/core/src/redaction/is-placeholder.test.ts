import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlaceholder } from "./is-placeholder.js";

test.each([
  "",
  "x",
  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "undefined",
  "null",
  "changeme",
  "change-me",
  "CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE",
  "your-key-here",
  "your_webhook_signing_secret",
  "a secret of 32 bytes goes here...",
  "placeholder",
  "1212121212121212121212121212121212",
])("%j is a placeholder", (secret) => {
  expect(isPlaceholder(secret)).toBe(true);
});

test("what is random is not one, in every alphabet that secrets are written in", () => {
  const alphabets = [
    "0123456789abcdef",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
  ];
  for (const alphabet of alphabets) {
    const character = fc.noBias(fc.constantFrom(...alphabet));
    const secret = fc.noShrink(fc.array(character, { minLength: 32, maxLength: 32, size: "max" }));
    const random = fc.property(secret, (one) => !isPlaceholder(one.join("")));
    fc.assert(random, { seed: 20_261_129, numRuns: 2_000 });
  }
});
