import { expect, test } from "vitest";
import { isCustomerId } from "./is-customer-id.js";

test.each(["a", "org_1", "o'brien", "日本語🏳️‍🌈", "a b\n", "x".repeat(200), "__proto__"])(
  "%j is an id",
  (id) => {
    expect(isCustomerId(id)).toBe(true);
  },
);

test.each([
  "",
  "x".repeat(201),
  "a\u0000b",
  "\ud800",
  "a\udc00b",
  "😀".repeat(101),
  1,
  null,
  undefined,
  ["a"],
  {},
])("%j is none", (id) => {
  expect(isCustomerId(id)).toBe(false);
});
