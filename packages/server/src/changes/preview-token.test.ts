import { expect, test } from "vitest";
import { readToken } from "./preview-token.js";

const now = new Date("2026-03-10T12:00:00.500Z");
const at = (seconds: number) => (Math.floor(now.getTime() / 1000) + seconds).toString(36);

test.each([
  [0, "2026-03-10T12:00:00.000Z"],
  [-1800, "2026-03-10T11:30:00.000Z"],
])("a token of %i seconds from now says from when the period is settled", (seconds, expected) => {
  expect(readToken(`${at(seconds)}.abc`, now)).toBe(expected);
});

test.each([
  `${at(-1801)}.abc`,
  `${at(1)}.abc`,
  "abc",
  "",
  ".",
  `${at(0)}`,
  `${at(0)}.a.b`,
  "zzzzzzzzzzzz.abc",
])("%s is outdated, or none of ours", (token) => {
  expect(() => readToken(token, now)).toThrow(expect.objectContaining({ code: "preview_outdated" }));
});
