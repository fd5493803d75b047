import { expect, it } from "vitest";
import type { Logger } from "../log/logger.js";
import { createEndpointWatch } from "./endpoint-watch.js";

const silent: Logger = { error: () => {}, warn: () => {}, info: () => {} };
const noEndpoint = { events: { findEndpoints: async () => [] } };

it.each([
  ["https://app.example.com", true, 1],
  ["https://app.example.com", false, 0],
  ["http://localhost:3000", true, 0],
  ["http://app.localhost:3000", true, 0],
  ["http://127.0.0.1:3000", true, 0],
  ["http://[::1]:3000", true, 0],
] as const)(
  "where the app is at %s, production: %s, a missing endpoint is %d problems",
  async (origin, production, count) => {
    const url = `${origin}/api/billing/webhook/stripe`;
    const watch = createEndpointWatch({ provider: noEndpoint, url, production, logger: silent });
    expect(await watch.look()).toHaveLength(count);
    expect(watch.recall()).toHaveLength(count);
  },
);

it("keeps what it found while the provider is out of reach, and never throws", async () => {
  const url = "https://app.example.com/api/billing/webhook/stripe";
  let isDown = false;
  const provider = {
    events: {
      findEndpoints: () => (isDown ? Promise.reject(new Error("Out of reach.")) : Promise.resolve([])),
    },
  };
  const watch = createEndpointWatch({ provider, url, production: true, logger: silent });
  const found = await watch.look();
  isDown = true;
  expect(await watch.look()).toEqual(found);
});

it("says nothing about a provider that can't tell", async () => {
  const url = "https://app.example.com/api/billing/webhook/other";
  const watch = createEndpointWatch({ provider: { events: {} }, url, production: true, logger: silent });
  expect([...(await watch.look()), ...watch.recall()]).toEqual([]);
});
