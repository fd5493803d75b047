import { inspect } from "node:util";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { stripeErrorOf, toProviderError } from "./to-provider-error.js";

const { errors } = Stripe;
const raw = (fields: object) => ({ message: "No such thing at acct_1", ...fields }) as never;

describe("an error of the SDK", () => {
  it.each([
    ["a lost connection", new errors.StripeConnectionError(raw({})), "provider_unavailable"],
    ["a failure of theirs", new errors.StripeAPIError(raw({ statusCode: 500 })), "provider_unavailable"],
    ["too many requests", new errors.StripeRateLimitError(raw({ statusCode: 429 })), "provider_unavailable"],
    ["a lock", new errors.StripeInvalidRequestError(raw({ statusCode: 409 })), "provider_unavailable"],
    ["a wrong key", new errors.StripeAuthenticationError(raw({ statusCode: 401 })), "provider_rejected"],
    [
      "a missing permission",
      new errors.StripePermissionError(raw({ statusCode: 403 })),
      "provider_forbidden",
    ],
    ["a wrong request", new errors.StripeInvalidRequestError(raw({ statusCode: 400 })), "provider_rejected"],
    ["a reused key", new errors.StripeIdempotencyError(raw({ statusCode: 400 })), "provider_rejected"],
  ])("for %s becomes ours, and repeats nothing of theirs", (_, error, code) => {
    const ours = toProviderError(error, { secretKey: "sk_test_1", apiBase: null });
    expect(ours).toMatchObject({ name: "BillingError", code });
    expect(stripeErrorOf(ours)).toBe(error);
    expect(JSON.stringify(ours)).not.toContain("acct_1");
  });

  it.each([
    ["in its message", { message: "Bearer sk_test_secret is odd" }],
    ["in a field of Stripe's answer", { param: "Bearer sk_test_secret" }],
    ["in the failure beneath", { detail: new Error("Bearer sk_test_secret is no header") }],
  ])("is left out of the cause when it holds the secret key %s", (_, fields) => {
    const error = new errors.StripeAPIError(raw({ ...fields, statusCode: 500 }));
    const ours = toProviderError(error, { secretKey: "sk_test_secret", apiBase: null });
    expect(ours).toMatchObject({ code: "provider_unavailable" });
    const { cause } = ours as Error;
    expect(inspect(cause, { depth: null })).not.toContain("sk_test_secret");
  });

  it.each([null, "http://sandbox:4242"])(
    "names the address (%s) to whoever runs the app, but not to whoever asked",
    (apiBase) => {
      const ours = toProviderError(new errors.StripeConnectionError(raw({})), { secretKey: "x", apiBase });
      const address = apiBase ?? "https://api.stripe.com";
      expect(ours).toMatchObject({ message: expect.stringContaining(address) });
      expect(JSON.stringify(ours)).toContain("Please try again.");
      expect(JSON.stringify(ours)).not.toContain(address);
    },
  );

  it("is left as it is when it is not one of theirs", () => {
    const error = new TypeError("a mistake of ours");
    expect(toProviderError(error, { secretKey: "sk_test_1", apiBase: null })).toBe(error);
  });
});
