import { type Catalog, costOf, definePlans, type PriceDefinition, pricesOf } from "@tollgate/core";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import fc from "fast-check";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pushedOf } from "../../../../test/with-parts.js";
import { stripe } from "../index.js";

let sandbox: Sandbox;
let dashboard: Stripe;
let push: (catalog: Catalog) => Promise<unknown>;
beforeAll(async () => {
  sandbox = await startSandbox();
  const { secretKey, webhookSecret, url } = sandbox;
  const provider = stripe({ secretKey, webhookSecret, apiBase: url, requestsPerSecond: 10_000 });
  push = (catalog) => pushedOf(provider).push(catalog, { database: "db_1" });
  const { hostname, port } = new URL(url);
  dashboard = new Stripe(secretKey, { host: hostname, port, protocol: "http" });
});
afterAll(() => sandbox.close());

const amount = fc.integer({ min: 0, max: 20_000 });
const tiers = fc
  .record({
    steps: fc.array(fc.record({ size: fc.integer({ min: 1, max: 9 }), perUnit: amount, flat: amount }), {
      maxLength: 4,
    }),
    last: amount,
    mode: fc.constantFrom("graduated" as const, "volume" as const),
  })
  .map(({ steps, last, mode }): PriceDefinition => {
    let upTo = 0;
    const ended = steps.map(({ size, perUnit, flat }) => {
      upTo += size;
      return { upTo, perUnit: { usd: perUnit }, flat: { usd: flat } };
    });
    return { tiers: [...ended, { upTo: "unlimited", perUnit: { usd: last } }], mode };
  });
const price: fc.Arbitrary<PriceDefinition> = fc.oneof(
  tiers,
  fc.record({ perSeat: fc.record({ usd: amount }), base: fc.record({ usd: amount }), included: fc.nat(6) }),
  fc.record({ perPackage: fc.record({ usd: amount }), size: fc.integer({ min: 2, max: 12 }) }),
  fc.record({ perSeat: fc.record({ usd: amount }) }),
);

test("what several cost is what an invoice charges for them, to the minor unit", async () => {
  const holds = fc.asyncProperty(
    price,
    fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 3, maxLength: 3 }),
    async (month, quantities) => {
      const plan = { name: "Any", prices: { month }, includes: {} };
      await push(definePlans({ features: {}, plans: { any: plan } }));
      const [own] = pricesOf("any", plan);
      const { data } = await dashboard.prices.list({ lookup_keys: ["tollgate:plan:any:month:usd"] });
      for (const quantity of quantities) {
        const items = [{ price: data[0]?.id ?? "", quantity }];
        const invoice = await dashboard.invoices.createPreview({
          currency: "usd",
          subscription_details: { items },
        });
        expect(invoice.total, JSON.stringify([month, quantity])).toBe(own && costOf(own, quantity));
      }
      // It is found as it was made, and nothing is to be done again.
      const again = await push(definePlans({ features: {}, plans: { any: plan } }));
      expect(new Set((again as { action: string }[]).map(({ action }) => action))).toEqual(
        new Set(["unchanged"]),
      );
    },
  );
  await fc.assert(holds, { numRuns: 60, seed: 20_261_130 });
});
