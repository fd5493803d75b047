import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { eventTypeLists } from "../src/providers/stripe/events/event-types.js";
import { stripe } from "../src/providers/stripe/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { withParts } from "./with-parts.js";
import { openWorld, type World } from "./world.js";

const url = "https://app.example.com/api/billing/webhook/stripe";
const needed = eventTypeLists.flat();
type EventType = Parameters<World["dashboard"]["webhookEndpoints"]["create"]>[0]["enabled_events"][number];

describe("the webhook endpoint at the provider", () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld({ store: memory(), jobs: "manual" });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    const { data } = await world.dashboard.webhookEndpoints.list();
    for (const { id } of data) await world.dashboard.webhookEndpoints.del(id);
    world.logged.length = 0;
  });

  const register = (types: readonly string[], fields: object = {}) =>
    world.dashboard.webhookEndpoints.create({ url, enabled_events: types as EventType[], ...fields });
  const warnings = () => world.logged.filter(({ level }) => level === "warn").map(({ message }) => message);
  const healthOf = async (billing = world.billing) => (await billing.health({ timeoutSeconds: 50 })).problems;

  test.each<[string, readonly string[]]>([
    ["that hears all that it needs", needed],
    ["that hears everything", ["*"]],
  ])("%s is nothing to speak of", async (_, types) => {
    await register(types);
    await world.billing.pushPlans();
    expect(warnings()).toEqual([]);
    expect(await healthOf()).toEqual([]);
  });

  test("that misses some is reported by pushing and by health, until they are enabled", async () => {
    const { id } = await register(needed.filter((type) => !type.startsWith("customer.subscription.")));
    const missing = needed.filter((type) => type.startsWith("customer.subscription."));
    const problem = `The webhook endpoint ${id} does not hear ${missing.join(", ")}.`;
    await world.billing.pushPlans();
    expect(warnings()).toEqual([problem]);
    expect(await healthOf()).toEqual([problem]);
    await world.dashboard.webhookEndpoints.update(id, { enabled_events: needed as EventType[] });
    await world.billing.pushPlans();
    expect(await healthOf()).toEqual([]);
  });

  test("is found by its address, and others are passed over", async () => {
    await register(needed, { url: "https://app.example.com/other" });
    const heard = needed.filter((type) => type !== "invoice.paid");
    const { id } = await register(heard, { url: `${url}/?from=stripe` });
    await world.billing.pushPlans();
    expect(await healthOf()).toEqual([`The webhook endpoint ${id} does not hear invoice.paid.`]);
  });

  test("that is disabled, or of another API version, is reported", async () => {
    const { id } = await register(needed, { api_version: "2024-12-18.acacia" });
    await world.billing.pushPlans();
    expect(await healthOf()).toEqual([expect.stringContaining(`${id} has API version 2024-12-18.acacia`)]);
    await world.dashboard.webhookEndpoints.update(id, { disabled: true });
    await world.billing.pushPlans();
    expect(await healthOf()).toEqual([`The webhook endpoint ${id} is disabled: no event arrives.`]);
  });

  test("that does not exist is nothing to speak of in development", async () => {
    await world.billing.pushPlans();
    expect([...warnings(), ...(await healthOf())]).toEqual([]);
  });

  test("is looked for in the background by the first probe, and seldom", async () => {
    await register(["invoice.paid"]);
    let looks = 0;
    const { provider } = world;
    const counted = withParts(provider, {
      events: {
        findEndpoints(address) {
          looks += 1;
          return provider.events.findEndpoints?.(address) ?? Promise.resolve([]);
        },
      },
    });
    const billing = world.instance({ provider: counted });
    expect(await healthOf(billing)).toEqual([]);
    await vi.waitFor(async () => expect(await healthOf(billing)).toHaveLength(1), 10_000);
    await healthOf(billing);
    expect(looks).toBe(1);
  });

  test("that a restricted key may not look at is mentioned once, and is not an illness", async () => {
    const key = "rk_test_unseeing";
    const made = await fetch(`${world.sandbox.url}/v1/sandbox/restricted_keys`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.sandbox.secretKey}` },
      body: new URLSearchParams({
        key,
        "permissions[*]": "write",
        "permissions[webhook_endpoints]": "none",
      }),
    });
    expect(made.status).toBe(200);
    const { url: apiBase, webhookSecret } = world.sandbox;
    const billing = world.instance({ provider: stripe({ secretKey: key, webhookSecret, apiBase }) });
    await billing.pushPlans();
    await billing.pushPlans();
    expect(warnings()).toEqual(["The webhook endpoint could not be checked"]);
    expect(JSON.stringify(world.logged)).toContain("rak_webhook_endpoint_read");
    expect(await healthOf(billing)).toEqual([]);
  });

  test("has every type that it needs in the README", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    for (const type of needed) expect(readme).toContain(`\`${type}\``);
  });
});
