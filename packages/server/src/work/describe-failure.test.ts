import { expect, test } from "vitest";
import { describeFailure } from "./describe-failure.js";

test.each([
  ["a message within the limit", new TypeError("no mailbox"), { name: "TypeError", message: "no mailbox" }],
  ["NUL, which no database stores", new Error("a\0b"), { name: "Error", message: "ab" }],
  [
    "a secret",
    new Error("refused sk_live_abc123def456"),
    { name: "Error", message: expect.not.stringContaining("abc123") },
  ],
  ["what is no error", "text", { name: "Error", message: "Something that is no error was thrown." }],
])("keeps of an error what can be stored: %s", (_what, error, note) => {
  expect(describeFailure(error)).toEqual(note);
});

test("cuts a long message, and no character in half", () => {
  const { message } = describeFailure(new Error(`${"x".repeat(499)}🙂`));
  expect(message).toBe(`${"x".repeat(499)}\uFFFD`);
});
