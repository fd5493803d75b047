import { afterAll, beforeAll, expect, test } from "vitest";
import { appUrl, signEvent } from "../../test/requests.js";
import { subscribe } from "../../test/subscriber.js";
import { newUser, openWorld, type World } from "../../test/world.js";
import { memory } from "../stores/memory/memory.js";
import { toNextHandlers } from "./next.js";

let world: World;

beforeAll(async () => {
  world = await openWorld({ store: memory() });
});
afterAll(() => world.close());

test("GET and POST of a catch-all route answer every route, webhooks byte for byte", async () => {
  const { GET, POST } = toNextHandlers(world.billing);
  const user = newUser();
  const { activated } = await subscribe(world, user);
  const signed = signEvent(world.sandbox, world.dashboard, activated);
  const url = `${appUrl}/api/billing/webhook/stripe`;
  expect((await POST(new Request(url, { method: "POST", ...signed }))).status).toBe(200);
  const access = await GET(new Request(`${appUrl}/api/billing/access`, { headers: { "x-user": user } }));
  expect(await access.json()).toMatchObject({ customerId: user, planId: "starter" });
});

test("says so when somebody has read the request before", async () => {
  const { POST } = toNextHandlers(world.billing);
  const { activated } = await subscribe(world, newUser());
  const signed = signEvent(world.sandbox, world.dashboard, activated);
  const request = new Request(`${appUrl}/api/billing/webhook/stripe`, { method: "POST", ...signed });
  await request.text();
  const response = await POST(request);
  expect([response.status, (await response.json()).error.code]).toEqual([500, "raw_body_missing"]);
});
