import { describe, expect, it } from "vitest";
import { checkoutRequest } from "./checkout.js";
import { plansQuery } from "./plans.js";
import { portalRequest } from "./portal.js";

const plan = { planId: "pro", interval: "month" };

describe("checkoutRequest", () => {
  it.each<[string, object]>([
    ["a plan", plan],
    [
      "a plan with every choice",
      { ...plan, currency: "eur", quantity: 3, returnUrl: "/done", cancelUrl: "/back" },
    ],
    ["a product", { productId: "credits" }],
    [
      "a product with every choice",
      { productId: "credits", currency: "usd", quantity: 2, returnUrl: "/done" },
    ],
  ])("accepts %s", (_, body) => {
    expect(checkoutRequest.parse(body)).toEqual(body);
  });

  // The browser decides nothing: whatever it might send to get more than it may.
  it.each([
    "price",
    "amount",
    "trialDays",
    "discount",
    "customer",
    "customerId",
    "metadata",
    "userId",
    "__proto__",
  ])("refuses the extra key %s", (key) => {
    const body: unknown = JSON.parse(JSON.stringify(plan).replace("{", `{${JSON.stringify(key)}:{"a":1},`));
    expect(checkoutRequest.safeParse(body).success).toBe(false);
  });

  it.each<[string, unknown]>([
    ["nothing", {}],
    ["a list", [plan]],
    ["no object", null],
    ["a plan without interval", { planId: "pro" }],
    ["a plan and a product", { ...plan, productId: "credits" }],
    ["an empty id", { ...plan, planId: "" }],
    ["an id that is not text", { ...plan, planId: { $ne: null } }],
    ["an unknown interval", { ...plan, interval: "quarter" }],
    ["an interval before its time", { ...plan, interval: "-3_months" }],
    ["an interval by another name", { ...plan, interval: "12_months" }],
    ["an interval of four years", { ...plan, interval: "4_years" }],
    ["a currency in capitals", { ...plan, currency: "USD" }],
    ["quantity zero", { ...plan, quantity: 0 }],
    ["a negative quantity", { ...plan, quantity: -1 }],
    ["a fractional quantity", { ...plan, quantity: 1.5 }],
    ["a quantity above the maximum", { ...plan, quantity: 10_001 }],
    ["a quantity as text", { ...plan, quantity: "1" }],
    ["a return URL without end", { ...plan, returnUrl: `/${"a".repeat(2048)}` }],
  ])("refuses %s", (_, body) => {
    expect(checkoutRequest.safeParse(body).success).toBe(false);
  });
});

describe("portalRequest and plansQuery", () => {
  it("accept what they ask for; a body refuses anything else, a query ignores it", () => {
    expect(portalRequest.parse({})).toEqual({});
    expect(portalRequest.parse({ returnUrl: "/", flow: "cancel" })).toEqual({
      returnUrl: "/",
      flow: "cancel",
    });
    expect(portalRequest.safeParse({ customer: "cus_1" }).success).toBe(false);
    expect(portalRequest.safeParse({ flow: "delete" }).success).toBe(false);
    expect(plansQuery.parse({ currency: "eur" })).toEqual({ currency: "eur" });
    expect(plansQuery.parse({ currency: "eur", utm_source: "x" })).toEqual({ currency: "eur" });
    expect(plansQuery.parse(JSON.parse('{"__proto__":{"currency":"eur"}}'))).toEqual({});
    expect(plansQuery.safeParse({ currency: "EUR" }).success).toBe(false);
  });
});
