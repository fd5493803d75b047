import { BillingError } from "@tollgate/core";
import { expect, test } from "vitest";
import { createWebhookWatch } from "./webhook-watch.js";

const start = Date.parse("2026-11-21T10:00:00Z");

function watch() {
  const warnings: string[] = [];
  const logger = { error() {}, warn: (_: object, message: string) => void warnings.push(message), info() {} };
  const provider = { id: "stripe", variables: { webhookSecret: "STRIPE_WEBHOOK_SECRET" } };
  let time = start;
  const made = createWebhookWatch({ provider, url: "https://app.example.com/x", logger }, () => time);
  const pass = (seconds: number): void => {
    time += seconds * 1000;
  };
  return { ...made, warnings, pass };
}

const refusal = (code: "invalid_signature") => new BillingError(code, "No.");

test("warns at the first refusal with what to set, then every five minutes at most", () => {
  const { refused, warnings, pass } = watch();
  for (let n = 0; n < 20; n += 1) refused(refusal("invalid_signature"));
  expect(warnings).toEqual([
    expect.stringMatching(/The secret is not that of who sends.*Set STRIPE_WEBHOOK_SECRET/),
  ]);
  pass(301);
  refused(refusal("invalid_signature"));
  expect(warnings).toHaveLength(2);
});

test("is a problem while nothing has been right since, and for an hour", () => {
  const { accepted, refused, problem, state, pass } = watch();
  expect(problem()).toBeNull();
  refused(refusal("invalid_signature"));
  refused(refusal("invalid_signature"));
  expect(problem()).toMatch(
    /^2 webhook deliveries were refused, and none was right since this instance started/,
  );
  accepted();
  expect(problem()).toBeNull();
  pass(60);
  refused(refusal("invalid_signature"));
  expect(problem()).toMatch(/^1 webhook deliveries.*since 2026-11-21T10:00:00.000Z/);
  pass(3_601);
  expect(problem()).toBeNull();
  expect(state()).toEqual({
    accepted: 1,
    refused: 3,
    lastAcceptedAt: "2026-11-21T10:00:00.000Z",
    lastRefusedAt: "2026-11-21T10:01:00.000Z",
  });
});

test.each([
  ["stale_signature", /this machine's clock is wrong/],
  ["raw_body_missing", /Mount billing first/],
] as const)("names the likely cause of %s", (code, words) => {
  const { refused, warnings, problem } = watch();
  refused(new BillingError(code, "No."));
  expect(warnings[0]).toMatch(words);
  expect(problem()).toMatch(words);
});

test("a delivery without any signature is reported, but is not the app's problem: scanners post everywhere", () => {
  const { refused, warnings, problem, state } = watch();
  refused(new BillingError("missing_signature", "No."));
  expect(warnings[0]).toMatch(/a proxy drops the header/);
  expect([problem(), state().refused]).toEqual([null, 1]);
});

test.each([
  new BillingError("invalid_event", "No."),
  new BillingError("body_too_large", "No."),
  new Error("x"),
])("whatever is not a refusal of a signature counts for nothing: %s", (error) => {
  const { refused, warnings, state } = watch();
  refused(error);
  expect([warnings, state().refused]).toEqual([[], 0]);
});
