import { expect, test } from "vitest";
import { describeError } from "./logger.js";

test.each([
  ["a secret key", "Invalid API Key provided: sk_live_51Habc", "Invalid API Key provided: sk_…"],
  ["a restricted key", "rk_test_abc lacks a permission", "rk_… lacks a permission"],
  ["a webhook secret", "whsec_abc123 does not fit", "whsec_… does not fit"],
  ["a password in a URL", "connect postgres://app:hunter2@db:5432/x", "connect postgres://app:…@db:5432/x"],
])("blanks %s", (_name, message, blanked) => {
  expect(describeError(new Error(message))).toMatchObject({ name: "Error", message: blanked });
  expect(JSON.stringify(describeError(new Error("outer", { cause: new Error(message) })))).not.toContain(
    message,
  );
});

test("describes what is not an error too", () => {
  expect(describeError("sk_live_1 was thrown")).toEqual({ thrown: "sk_… was thrown" });
});
