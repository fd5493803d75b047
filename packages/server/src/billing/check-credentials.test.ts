import { buildCatalog } from "@tollgate/core/testing";
import { afterEach, expect, test, vi } from "vitest";
import { createBilling } from "../index.js";
import { stripe } from "../providers/stripe/index.js";
import { memory } from "../stores/memory/memory.js";

const webhookSecret = "whsec_Qm9yZGVhdXhfbm90X2Ffd29yZF8x";
const options = () => ({
  plans: buildCatalog(),
  store: memory({ inProduction: true }),
  appUrl: "http://localhost:3000",
  identify: () => ({ id: "ada", role: "manager" }) as const,
});
const request = new Request("http://localhost:3000/");
afterEach(() => vi.unstubAllEnvs());

test.each([
  ["secretKey", { secretKey: "", webhookSecret }],
  ["secretKey", { secretKey: undefined, webhookSecret }],
  ["webhookSecret", { secretKey: "sk_live_1", webhookSecret: "" }],
  ["webhookSecret", { secretKey: "sk_live_1", webhookSecret: undefined }],
  ["webhookSecret", { secretKey: "sk_live_1", webhookSecret: [undefined, "\n"] }],
])("production is built without the %s, and refuses every use", async (name, keys) => {
  const errors: object[] = [];
  const logger = { error: (fields: object) => errors.push(fields), warn: () => {}, info: () => {} };
  const production = { environment: "production", appUrl: "https://app.example.com" } as const;
  const billing = createBilling({ ...options(), ...production, provider: stripe(keys), logger });
  const refusal = { code: "invalid_options", details: { provider: "stripe", missing: [name] } };
  await expect(billing.access(request)).rejects.toMatchObject(refusal);
  await expect(billing.require(request, "export")).rejects.toMatchObject(refusal);
  await expect(billing.settleCheckout(request, "cs_1")).rejects.toMatchObject(refusal);
  await expect(billing.pushPlans()).rejects.toMatchObject(refusal);
  for (const [method, path] of [
    ["GET", "plans"],
    ["GET", "access"],
    ["POST", "webhook/stripe"],
  ]) {
    const url = `https://app.example.com/api/billing/${path}`;
    const response = await billing.handler(new Request(url, { method: method ?? "GET" }));
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: refusal });
  }
  expect(errors).toContainEqual({ provider: "stripe", missing: [name] });
});

test("what is missing is named with its variable, and in a build also with where a push belongs", async () => {
  const logger = { error() {}, warn() {}, info() {} };
  const production = { environment: "production", appUrl: "https://app.example.com", logger } as const;
  const provider = stripe({ secretKey: "", webhookSecret: "" });
  const push = () => createBilling({ ...options(), ...production, provider }).pushPlans();
  const needs = "Production needs secretKey (STRIPE_SECRET_KEY) and webhookSecret (STRIPE_WEBHOOK_SECRET)";
  await expect(push()).rejects.toThrow(needs);
  await expect(push()).rejects.not.toThrow("build");
  vi.stubEnv("NEXT_PHASE", "phase-production-build");
  await expect(push()).rejects.toThrow(
    /This is a build.*pushPlans\(\) in a deploy step or in instrumentation\.ts/,
  );
});

test("development works without keys until one is needed", async () => {
  const provider = stripe({ secretKey: "", webhookSecret: "" });
  const billing = createBilling({ ...options(), provider, logger: { error() {}, warn() {}, info() {} } });
  expect((await billing.access(request)).planId).toBe("free");
  await expect(billing.pushPlans()).rejects.toMatchObject({ code: "invalid_options" });
  const url = "http://localhost:3000/api/billing/webhook/stripe";
  const response = await billing.handler(new Request(url, { method: "POST", body: "{}" }));
  expect(await response.json()).toMatchObject({
    error: { code: "invalid_options", message: expect.stringContaining("webhookSecret") },
  });
  await billing.close();
});

test("production is built without the secret of edge tokens too, and refuses every use", async () => {
  const production = { environment: "production", appUrl: "https://app.example.com" } as const;
  const provider = stripe({ secretKey: "sk_live_1", webhookSecret });
  const edgeToken = { secret: process.env.TOLLGATE_NO_SUCH_VARIABLE };
  const logger = { error() {}, warn() {}, info() {} };
  const billing = createBilling({ ...options(), ...production, provider, edgeToken, logger });
  await expect(billing.access(request)).rejects.toMatchObject({
    code: "invalid_options",
    details: { missing: ["edgeToken.secret"] },
  });
});
