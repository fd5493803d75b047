import { checkoutRequest, plansQuery } from "@tollgate/core/contract";
import { expect, test } from "vitest";
import { parseInput } from "./parse-input.js";

const plan = { planId: "pro", interval: "month" };

test.each([
  ["a price", { ...plan, price: 1 }, "price"],
  ["an amount", { ...plan, amount: 1 }, "amount"],
  ["a trial", { ...plan, trialDays: 90 }, "trialDays"],
  ["a discount", { ...plan, discount: "all" }, "discount"],
  ["a customer", { ...plan, customerId: "org_2" }, "customerId"],
  ["metadata", { ...plan, metadata: {} }, "metadata"],
  ["a product beside the plan", { ...plan, productId: "book" }, "productId"],
  ["a prototype", JSON.parse('{"planId":"pro","interval":"month","__proto__":{"a":1}}'), "__proto__"],
  ["an unknown interval", { planId: "pro", interval: "quarter" }, "interval"],
  ["a quantity of zero", { ...plan, quantity: 0 }, "quantity"],
  ["a negative quantity", { ...plan, quantity: -1 }, "quantity"],
  ["half a seat", { ...plan, quantity: 1.5 }, "quantity"],
  ["a quantity beyond every price", { ...plan, quantity: 1_000_000 }, "quantity"],
  ["a quantity as text", { ...plan, quantity: "1" }, "quantity"],
])("refuses %s, naming the key", (_name, body, key) => {
  expect(() => parseInput(checkoutRequest, body, "invalid_body")).toThrowError(
    expect.objectContaining({ code: "invalid_body", details: { key } }),
  );
});

test.each([null, 1, "text", [], [plan]])("refuses a body that is %j", (body) => {
  expect(() => parseInput(checkoutRequest, body, "invalid_body")).toThrowError(
    expect.objectContaining({ code: "invalid_body" }),
  );
});

test("gives what was sent when all is well", () => {
  expect(parseInput(checkoutRequest, plan, "invalid_body")).toEqual(plan);
  expect(parseInput(plansQuery, { currency: "eur" }, "invalid_query")).toEqual({ currency: "eur" });
});
