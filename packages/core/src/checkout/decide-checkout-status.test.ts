import { expect, it } from "vitest";
import { buildCheckout } from "../testing/building/builders.js";
import { decideCheckoutStatus } from "./decide-checkout-status.js";

it.each([
  ["open", "complete", "complete"],
  ["open", "expired", "expired"],
  ["open", "failed", "failed"],
  ["complete", "complete", null],
  ["complete", "expired", null],
  ["complete", "failed", "failed"],
  ["expired", "expired", null],
  ["expired", "complete", "complete"],
  ["failed", "expired", null],
  ["failed", "complete", "complete"],
] as const)("one that is %s and said to be %s becomes %s (null: it stays)", (status, said, expected) => {
  const checkout = buildCheckout({ status });
  const settled = expected && { ...checkout, status: expected, url: null };
  expect(decideCheckoutStatus(checkout, { provider: checkout.provider, status: said })).toEqual(settled);
});

it("is nothing where there is no checkout", () => {
  expect(decideCheckoutStatus(null, { provider: "stripe", status: "complete" })).toBeNull();
});

it("stays as it is when another provider has one of this name", () => {
  expect(decideCheckoutStatus(buildCheckout(), { provider: "paddle", status: "complete" })).toBeNull();
});
