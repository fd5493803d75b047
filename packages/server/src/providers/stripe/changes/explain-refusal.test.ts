import Stripe from "stripe";
import { expect, test } from "vitest";
import { explainRefusal } from "./explain-refusal.js";

const refusal = (more: object) =>
  new Stripe.errors.StripeInvalidRequestError({ message: "No.", type: "invalid_request_error", ...more });

test.each([
  ["a moment that is in no running period any more", { param: "subscription_details[proration_date]" }],
  ["a line that was added meanwhile", { param: "plan" }],
  ["a line that was taken off meanwhile", { message: "Invalid subscription_item id: si_1" }],
])("%s is told as what it is: somebody was quicker", (_, more) => {
  expect(explainRefusal(refusal(more))).toMatchObject({ code: "preview_outdated" });
});

test("any other refusal stays what it is", () => {
  const other = refusal({ param: "customer" });
  expect(explainRefusal(other)).toBe(other);
});
