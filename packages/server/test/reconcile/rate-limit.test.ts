import { buildCatalog } from "@tollgate/core/testing";
import { startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { expect, test } from "vitest";
import { createBilling } from "../../src/index.js";
import { stripe } from "../../src/providers/stripe/index.js";
import { memory } from "../../src/stores/memory/memory.js";
import { withParts } from "../with-parts.js";

test("a run survives being turned away by the provider for asking too much (429)", async () => {
  const sandbox = await startSandbox({ rateLimit: { perSecond: 4 } });
  const { hostname, port } = new URL(sandbox.url);
  const dashboard = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
  let turnedAway = 0;
  let asked = 0;
  dashboard.on("response", ({ status }: Stripe.ResponseEvent) => {
    if (status === 429) turnedAway += 1;
  });
  const provider = stripe({
    secretKey: sandbox.secretKey,
    webhookSecret: sandbox.webhookSecret,
    apiBase: sandbox.url,
    requestsPerSecond: 1_000,
  });
  const { listAll } = provider.subscriptions;
  const billing = createBilling({
    plans: buildCatalog(),
    provider: withParts(provider, {
      subscriptions: {
        async listAll(input) {
          // Somebody else uses up what the second allows.
          asked += 1;
          if (asked === 1)
            await Promise.allSettled(Array.from({ length: 5 }, () => dashboard.customers.list()));
          return listAll?.(input) ?? Promise.reject(new Error("There is no list."));
        },
      },
    }),
    store: memory(),
    appUrl: "https://app.example.com",
    identify: () => null,
    environment: "development",
    reconcileEveryHours: 0,
  });
  expect(await billing.reconcile()).toMatchObject({ complete: true, checked: 0 });
  expect(turnedAway).toBeGreaterThan(0);
  expect(asked).toBeGreaterThan(1);
  await billing.close();
  await sandbox.close();
}, 60_000);
