import { definePlans } from "@tollgate/core";
import { expect, it } from "vitest";
import { accessFor, createTestFetch } from "../testing/index.js";
import { createCreditsClient } from "./credits-client.js";

const plans = definePlans({
  features: {},
  credits: { tokens: { name: "Tokens" } },
  plans: { free: { name: "Free", includes: {} } },
});
const tokens = { available: 700, held: 20, owed: 0, expiring: null };

it("asks what is left, and rejects with what the server refuses", async () => {
  const access = accessFor(plans, { credits: { tokens } });
  const client = createCreditsClient({
    endpoint: "/api/billing/",
    fetch: createTestFetch({ plans, access }),
  });
  expect(await client.credits()).toEqual({ credits: { tokens } });
  await expect(client.topUps()).rejects.toMatchObject({ code: "not_found" });
});

it("sends what somebody chose as JSON, and says what it could not send", async () => {
  const sent: [string, RequestInit | undefined][] = [];
  const fetch = async (url: unknown, init?: RequestInit) => {
    sent.push([String(url), init]);
    if (sent.length > 1) throw new TypeError("fetch failed");
    return Response.json({ topUps: {} });
  };
  const client = createCreditsClient({ endpoint: "/api/billing", fetch: fetch as typeof globalThis.fetch });
  const request = { credit: "tokens", topUp: { threshold: 5, productId: "pack", monthlyCap: 2000 } };
  expect(await client.setTopUp(request)).toEqual({ topUps: {} });
  expect(sent).toMatchObject([
    [
      "/api/billing/credits/top-up",
      { method: "POST", body: JSON.stringify(request), credentials: "same-origin" },
    ],
  ]);
  await expect(client.topUps()).rejects.toMatchObject({ name: "BillingError" });
});
