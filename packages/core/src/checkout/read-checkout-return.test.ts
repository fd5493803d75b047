import { expect, test } from "vitest";
import { readCheckoutReturn } from "./read-checkout-return.js";

test.each([
  ["?checkout=cs_test_a1b2C3", "cs_test_a1b2C3"],
  ["?tab=plan&checkout=cs_1#top", "cs_1"],
  ["?checkout=txn_01hv8wptq8987qeep44cyrewp9", "txn_01hv8wptq8987qeep44cyrewp9"],
  ["?checkout=ac470bd4-7c41-474d-b6cd-0f296f5be02a", "ac470bd4-7c41-474d-b6cd-0f296f5be02a"],
  ["", null],
  ["?checkout=", null],
  // An app may have a `?checkout=` of its own.
  ["?checkout=true", null],
  ["?checkout=1", null],
  ["?checkout=success", null],
  ["?checkout=step-2", null],
  ["?checkout=one_time", null],
  ["?checkout={CHECKOUT_SESSION_ID}", null],
  ["?checkout=cs_1/../../portal", null],
  ["?checkout=cs_1%20x", null],
])("the checkout that %o comes back from is %o", (search, id) => {
  expect(readCheckoutReturn(new URL(`https://app.test/account${search}`))).toBe(id);
});
