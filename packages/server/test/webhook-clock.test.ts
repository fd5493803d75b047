import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Billing, createBilling } from "../src/index.js";
import { stripe } from "../src/providers/stripe/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { appUrl, readIdentity, send, toRequest } from "./requests.js";

/** A sandbox that delivers by itself, signing as it always does, to an app that lives in its time. */
let sandbox: Sandbox;
let billing: Billing<ExampleCatalog>;

beforeAll(async () => {
  sandbox = await startSandbox({
    webhooks: [{ url: `${appUrl}/api/billing/webhook/stripe` }],
    fetch: (url, init) => billing.handler(new Request(url, init)),
  });
  const { secretKey, webhookSecret, url: apiBase } = sandbox;
  billing = createBilling({
    plans: buildCatalog(),
    provider: stripe({ secretKey, webhookSecret, apiBase }),
    store: memory(),
    appUrl,
    identify: readIdentity,
    environment: "development",
    reconcileEveryHours: 0,
    clock: sandbox.now,
  });
  await billing.pushPlans();
});
afterAll(async () => {
  await billing.close();
  await sandbox.close();
});

test("with `clock: sandbox.now`, what the sandbox delivers is taken, before and after its clock was moved", async () => {
  const body = { planId: "starter", interval: "month" };
  const opened = await send(billing, toRequest("POST", "/checkout", { as: "ada", body }));
  const form = new FormData();
  const fields = { number: "4242424242424242", expiry: "12 / 44", cvc: "123", name: "Ada Lovelace" };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const page = `${sandbox.url}/c/pay/${opened.body.id}`;
  await fetch(page, { method: "POST", body: form, redirect: "manual" });
  await sandbox.settled();
  for (const days of [32, 400]) {
    sandbox.advance(new Date(sandbox.now().getTime() + days * 24 * 3_600_000));
    await sandbox.settled();
  }
  const deliveries = sandbox.deliveries();
  const answers = new Set(deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status)));
  expect(deliveries.length).toBeGreaterThan(20);
  expect([...answers]).toEqual([200]);
  const access = await send(billing, toRequest("GET", "/access", { as: "ada" }));
  expect(access.body).toMatchObject({ planId: "starter" });
});
