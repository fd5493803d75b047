import { BillingError } from "@tollgate/core";
import { expect, it } from "vitest";
import { findSeller, readConnect, type StripeConnect, type StripeSeller } from "./stripe-connect.js";

it.each<[string, StripeConnect]>([
  ["an account that is none", { account: "cus_1" }],
  ["an account and sellers", { account: "acct_1", sellerOf: () => null }],
  ["more than everything", { feePercent: 101 }],
  ["a third decimal", { feePercent: 1.005 }],
  ["what is no number", { feePercent: Number.NaN }],
])("refuses %s", (_, options) => {
  expect(() => readConnect(options)).toThrow(BillingError);
});

const product = { kind: "product", productId: "book", quantity: 2 } as Parameters<typeof findSeller>[2];
const plan = { kind: "subscription", planId: "pro", quantity: 1 } as Parameters<typeof findSeller>[2];

it.each<[string, StripeSeller, Parameters<typeof findSeller>[2]]>([
  ["no account", { account: "" }, product],
  ["half a cent", { account: "acct_1", feeAmount: 0.5 }, product],
  ["a fixed fee of a plan", { account: "acct_1", feeAmount: 100 }, plan],
])("refuses an app's answer with %s", (_, seller, offer) => {
  const rules = readConnect({ sellerOf: () => seller });
  expect(() => findSeller(rules, "org_1", offer)).toThrow(BillingError);
});

it("asks whose a sale is, and takes nobody for the platform", () => {
  const asked: unknown[] = [];
  const rules = readConnect({
    sellerOf: (sale) => {
      asked.push(sale);
      return null;
    },
  });
  expect(findSeller(rules, "org_1", product)).toBeNull();
  expect(asked).toEqual([{ customerId: "org_1", planId: null, productId: "book", quantity: 2 }]);
});
