import { expect, test } from "vitest";
import { stripe } from "../index.js";

const keys = { secretKey: "sk_test_1", webhookSecret: "whsec_1" };
const forms = ["https://checkout.stripe.com", "https://billing.stripe.com"];

test("a hosted page needs forms that may lead there, and nothing on the app's page", () => {
  expect(stripe(keys).contentSecurity("hosted")).toEqual({ "form-action": forms });
});

test("fields on the app's page need Stripe.js, its frames and its API", () => {
  expect(stripe(keys).contentSecurity("elements")).toEqual({
    "script-src": ["https://js.stripe.com", "https://*.js.stripe.com"],
    "frame-src": ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"],
    "connect-src": ["https://api.stripe.com"],
    "form-action": forms,
  });
});

test("an embedded page needs Checkout on top", () => {
  const { "form-action": forAll, ...embedded } = stripe(keys).contentSecurity("embedded");
  expect(forAll).toEqual(forms);
  const elements = stripe(keys).contentSecurity("elements");
  expect(embedded).toEqual({
    "script-src": [...(elements["script-src"] ?? []), "https://checkout.stripe.com"],
    "frame-src": [...(elements["frame-src"] ?? []), "https://checkout.stripe.com"],
    "connect-src": ["https://api.stripe.com", "https://checkout.stripe.com"],
    "img-src": ["https://*.stripe.com"],
  });
});

test.each(["hosted", "embedded", "elements"] as const)(
  "a sandbox stands in for all of Stripe's hosts: %s",
  (kind) => {
    const sandboxed = stripe({ ...keys, apiBase: "http://127.0.0.1:4242/" }).contentSecurity(kind);
    expect(Object.keys(sandboxed).sort()).toEqual(Object.keys(stripe(keys).contentSecurity(kind)).sort());
    for (const sources of Object.values(sandboxed)) expect(sources).toEqual(["http://127.0.0.1:4242"]);
  },
);
