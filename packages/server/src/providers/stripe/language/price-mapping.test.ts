import { definePlans } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import { stripe } from "../index.js";
import type { MappedPrices } from "./price-mapping.js";

const catalog = definePlans({
  features: {},
  plans: {
    free: { name: "Free", includes: {} },
    pro: { name: "Pro", prices: { month: { usd: 2900 } }, includes: {} },
    old: { name: "Old", retired: true, includes: {} },
  },
  products: { credits: { name: "Credits", price: { usd: 1000 } } },
});

const open = (mapped: MappedPrices) => {
  const provider = stripe({ secretKey: "sk_test_x", webhookSecret: "whsec_x", ...mapped });
  return provider.forCatalog?.(catalog) ?? provider;
};

describe("stripe's `prices` and `products`", () => {
  it.each<[string, unknown]>([
    ["prices.pro.month", { prices: { pro: { month: "prod_1" } } }],
    ["prices.pro.month", { prices: { pro: { month: "" } } }],
    ["prices.pro.month", { prices: { pro: { month: "price 1" } } }],
    ["prices.pro.month", { prices: { pro: { month: [] } } }],
    ["prices.pro.month", { prices: { pro: { month: [undefined] } } }],
    ["prices.pro.month", { prices: { pro: { month: ["price_1", "price_1"] } } }],
    ["prices.pro.12_months", { prices: { pro: { "12_months": "price_1" } } }],
    ["prices.pro", { prices: { pro: {} } }],
    ["prices.gone", { prices: { gone: { month: "price_1" } } }],
    ["prices.free", { prices: { free: { month: "price_1" } } }],
    ["prices.toString", { prices: { toString: { month: "price_1" } } }],
    ["products.credits", { prices: { pro: { month: "price_1" } }, products: { credits: "price_1" } }],
    ["products.gone", { products: { gone: "price_1" } }],
  ])("refuses %s of %j before anything is sold", (option, mapped) => {
    expect(() => open(mapped as MappedPrices)).toThrow(
      expect.objectContaining({ code: "invalid_options", details: { option } }),
    );
  });

  it("takes several, those of plans that are retired, and ids from before prices had their own", () => {
    const prices = { pro: { month: ["price_1", "plan_2", "gold-monthly"] }, old: { year: "price_3" } };
    expect(open({ prices, products: { credits: ["price_4"] } }).forCatalog).toBeTypeOf("function");
    expect(open({}).forCatalog).toBeUndefined();
  });
});
