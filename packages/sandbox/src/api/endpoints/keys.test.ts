import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/connect.js";
import { hours, inProcess, pass } from "../../../test/in-process.js";

describe("restricted keys", () => {
  const key = "rk_test_reader";

  it("may do what they list and nothing else", async () => {
    const { as } = inProcess({
      restrictedKeys: [
        { key, permissions: { customers: "read", products: "write", checkout_sessions: "none" } },
      ],
    });
    const stripe = as(key);
    expect((await stripe.customers.list()).data).toEqual([]);
    expect((await stripe.products.create({ name: "Pro" })).name).toBe("Pro");
    expect((await stripe.products.list()).data).toHaveLength(1);
    const write = await refusal(stripe.customers.create({}));
    expect([write.statusCode, write.type]).toEqual([403, "StripePermissionError"]);
    expect(write.message).toBe(
      "The provided key 'rk_test_********ader' does not have the required permissions for this endpoint on account " +
        "'acct_1TollgateSandbox'. Having the 'rak_customer_write' permission would allow this request to continue.",
    );
    expect(write.code).toBe("more_permissions_required");
    expect(write.message).not.toContain(key);
    expect((await refusal(stripe.checkout.sessions.list())).statusCode).toBe(403);
    expect((await refusal(stripe.invoices.list())).statusCode).toBe(403);
  });

  it("are made by the API, may expire, and end when they are deleted", async () => {
    const { stripe, sandbox, as } = inProcess();
    const expires = Math.floor(sandbox.now().getTime() / 1000) + 3600;
    const made = (await stripe.rawRequest("POST", "/v1/sandbox/restricted_keys", {
      name: "reads all",
      permissions: { "*": "read" },
      expires_at: `${expires}`,
    })) as unknown as { id: string; key: string };
    expect(made.key).toMatch(/^rk_test_\w{24}$/);
    expect((await as(made.key).invoices.list()).data).toEqual([]);
    pass(sandbox, hours(1));
    const expired = await refusal(as(made.key).invoices.list());
    expect([expired.statusCode, expired.code]).toEqual([401, "api_key_expired"]);
    await stripe.rawRequest("DELETE", `/v1/sandbox/restricted_keys/${made.id}`);
    expect((await refusal(as(made.key).invoices.list())).message).toContain("Invalid API Key provided");
  });

  it("are refused as expired when the options say so", async () => {
    const { as } = inProcess({ expiredKeys: ["sk_test_old"] });
    const error = await refusal(as("sk_test_old").customers.list());
    expect([error.type, error.code]).toEqual(["StripeAuthenticationError", "api_key_expired"]);
  });
});

describe("the rate limit", () => {
  it("answers 429 to what is too much within a second of the machine's clock", async () => {
    let time = new Date("2027-01-01T00:00:00Z").getTime();
    const { stripe } = inProcess({ rateLimit: { perSecond: 2 }, clock: () => new Date(time) });
    await stripe.customers.list();
    await stripe.customers.list();
    const error = await refusal(stripe.customers.list());
    expect([error.statusCode, error.type, error.code]).toEqual([429, "StripeRateLimitError", "rate_limit"]);
    expect(error.headers?.["stripe-rate-limited-reason"]).toBe("global-rate");
    time += 1000;
    expect((await stripe.customers.list()).data).toEqual([]);
  });
});
